//! Decision trees: which distribution holds for a phone in its surroundings.

use std::collections::HashMap;

use super::BrokenVoice;
use super::context::Features;
use super::leaf::Leaf;
use super::question::Question;

/// Trees that share their questions, and the distributions their leaves point to.
pub(super) struct Forest<const N: usize> {
    questions: Vec<Question>,
    trees: Vec<Tree<N>>,
}

struct Tree<const N: usize> {
    /// The root first; branches lead only to nodes further back, so that every walk ends.
    nodes: Vec<Node>,
    leaves: Vec<Leaf<N>>,
}

struct Node {
    question: usize,
    no: Branch,
    yes: Branch,
}

#[derive(Clone, Copy)]
enum Branch {
    Node(usize),
    Leaf(usize),
}

impl<const N: usize> Forest<N> {
    /// Reads the questions (`QS name { "pattern","pattern" }`) and the trees (`{*}[state]`, then in braces one line a
    /// node: number, question, branch for no, branch for yes). Nodes count 0, -1, -2 ...; a leaf is a quoted name that
    /// ends in its number in `tables`, counted from 1.
    pub(super) fn read(text: &str, tables: &[u8], trees: usize) -> Result<Self, BrokenVoice> {
        let mut questions = Vec::new();
        let mut named = HashMap::new();
        let mut nodes: Vec<Vec<Node>> = Vec::new();
        for line in text.lines().map(str::trim) {
            if let Some(line) = line.strip_prefix("QS ") {
                let (name, patterns) = line.split_once(' ').ok_or(broken("has a question without patterns"))?;
                let patterns = patterns.trim_matches(|sign: char| sign == ' ' || sign == '{' || sign == '}');
                named.insert(name, questions.len());
                questions.push(Question::compile(
                    patterns.split(',').map(|pattern| pattern.trim_matches('"')),
                ));
            } else if line.starts_with("{*}") {
                nodes.push(Vec::new());
            } else if !matches!(line, "" | "{" | "}") {
                let tree = nodes.last_mut().ok_or(broken("has a node outside a tree"))?;
                let node = Node::read(line, tree.len(), &named)?;
                tree.push(node);
            }
        }
        let leaves = Leaf::read_all(tables, trees)?;
        if nodes.len() != trees {
            return Err(broken("has not one tree a state"));
        }
        let trees = nodes.into_iter().zip(leaves);
        let trees = trees
            .map(|(nodes, leaves)| Tree { nodes, leaves }.checked())
            .collect::<Result<_, _>>()?;
        Ok(Self { questions, trees })
    }

    /// The distribution that tree number `tree` finds.
    pub(super) fn leaf(&self, tree: usize, features: &Features) -> &Leaf<N> {
        let tree = &self.trees[tree];
        let mut node = &tree.nodes[0];
        loop {
            let yes = self.questions[node.question].accepts(features);
            match if yes { node.yes } else { node.no } {
                Branch::Node(next) => node = &tree.nodes[next],
                Branch::Leaf(leaf) => return &tree.leaves[leaf],
            }
        }
    }
}

impl<const N: usize> Tree<N> {
    /// The tree, if every branch leads somewhere and none leads back.
    fn checked(self) -> Result<Self, BrokenVoice> {
        let leads = |from: usize, branch: Branch| match branch {
            Branch::Node(to) => to > from && to < self.nodes.len(),
            Branch::Leaf(leaf) => leaf < self.leaves.len(),
        };
        let mut nodes = self.nodes.iter().enumerate();
        if self.nodes.is_empty() || !nodes.all(|(at, node)| leads(at, node.no) && leads(at, node.yes)) {
            return Err(broken("has a branch that leads nowhere"));
        }
        Ok(self)
    }
}

impl Node {
    fn read(line: &str, position: usize, questions: &HashMap<&str, usize>) -> Result<Self, BrokenVoice> {
        let fields = line.split_whitespace().collect::<Vec<_>>();
        let [number, question, no, yes] = fields[..] else {
            return Err(broken("has a node of an unknown form"));
        };
        match (
            Branch::read(number),
            questions.get(question),
            Branch::read(no),
            Branch::read(yes),
        ) {
            (Some(Branch::Node(at)), Some(&question), Some(no), Some(yes)) if at == position => {
                Ok(Self { question, no, yes })
            }
            _ => Err(broken("has a node of an unknown form")),
        }
    }
}

impl Branch {
    fn read(text: &str) -> Option<Self> {
        if let Some(name) = text.strip_prefix('"') {
            let number = name.trim_end_matches('"').rsplit('_').next()?;
            return number.parse::<usize>().ok()?.checked_sub(1).map(Self::Leaf);
        }
        text.strip_prefix('-').unwrap_or(text).parse().ok().map(Self::Node)
    }
}

fn broken(problem: &'static str) -> BrokenVoice {
    BrokenVoice {
        part: "a decision tree",
        problem,
    }
}
