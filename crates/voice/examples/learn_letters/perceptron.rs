//! An averaged perceptron in whole numbers, so that every machine learns the same.

/// Weights, and the sums they are averaged by.
pub(crate) struct Perceptron {
    weights: Vec<i32>,
    /// Each change times the number of the example it was made at.
    weighted: Vec<i64>,
    now: i64,
}

impl Perceptron {
    /// Shows `examples` in `rounds` different orders; `correct` changes the weights and says whether it did.
    pub(crate) fn learn<Example>(
        cells: usize,
        examples: &[Example],
        rounds: usize,
        correct: impl Fn(&mut Self, &Example) -> bool,
    ) -> Self {
        let mut model = Self {
            weights: vec![0; cells],
            weighted: vec![0; cells],
            now: 1,
        };
        let mut order = (0..examples.len()).collect::<Vec<_>>();
        let mut random = 0x2545_F491_4F6C_DD1D_u64;
        for round in 1..=rounds {
            for last in (1..order.len()).rev() {
                random ^= random << 13;
                random ^= random >> 7;
                random ^= random << 17;
                order.swap(last, (random % (last as u64 + 1)) as usize);
            }
            let mut wrong = 0;
            for &index in &order {
                wrong += usize::from(correct(&mut model, &examples[index]));
                model.now += 1;
            }
            println!("round {round}: {wrong} of {} wrong", examples.len());
        }
        model
    }

    pub(crate) fn weight(&self, cell: usize) -> i32 {
        self.weights[cell]
    }

    pub(crate) fn add(&mut self, cell: usize, change: i32) {
        self.weights[cell] += change;
        self.weighted[cell] += i64::from(change) * self.now;
    }

    /// The averages as bytes, as finely as the larger ones allow: one in ten thousand is cut off at the largest byte.
    pub(crate) fn packed(&self) -> Vec<u8> {
        let average = |(weight, weighted): (&i32, &i64)| f64::from(*weight) - *weighted as f64 / self.now as f64;
        let averages = self.weights.iter().zip(&self.weighted).map(average).collect::<Vec<_>>();
        let mut sizes = averages.iter().map(|average| average.abs()).collect::<Vec<_>>();
        sizes.sort_by(f64::total_cmp);
        let unit = sizes[sizes.len() - 1 - sizes.len() / 10_000] / 127.0;
        averages
            .iter()
            .map(|average| (average / unit).round().clamp(-127.0, 127.0) as i8 as u8)
            .collect()
    }
}
