//! The help texts, so that a change to the command line is seen for what it is.

use super::shop::busker;

#[test]
fn help_texts_change_only_on_purpose() {
    let commands = [
        "", "demo", "serve", "worker", "song", "render", "pay", "orders", "models", "doctor", "keys", "licenses",
    ];
    let mut texts = String::new();
    for command in commands {
        let mut call = busker(std::path::Path::new("/data"));
        call.args(command.split_whitespace())
            .arg("--help")
            .env("COLUMNS", "100");
        let output = call.output().unwrap();
        assert!(output.status.success(), "{command}");
        texts.push_str(&format!(
            "$ busker {command}\n{}\n",
            String::from_utf8(output.stdout).unwrap()
        ));
    }
    insta::assert_snapshot!("help", texts);
}

#[test]
fn the_program_carries_the_notices_of_what_is_inside_it() {
    let output = busker(std::path::Path::new("/data")).arg("licenses").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    for words in [
        "Copyright: 2003 Carnegie Mellon University",
        "Alan W Black",
        "Original authors' names are not deleted",
        "Copyright (C) 1993-2015 Carnegie Mellon University",
        "SIL OPEN FONT LICENSE",
        "GNU LIBRARY GENERAL PUBLIC LICENSE",
    ] {
        assert!(text.contains(words), "{words}");
    }
}
