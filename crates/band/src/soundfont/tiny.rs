//! A SoundFont of two sounds, for tests. Those of `busker-engines` take this file as their own module.

/// A SoundFont with a piano (bank 0, patch 0) that is a looped sine and a drum kit (bank 128, patch 0) of clicks.
pub(crate) fn soundfont() -> Vec<u8> {
    let sine =
        (0..4_410).map(|n| (libm::sin(f64::from(n) * 441.0 / 44_100.0 * std::f64::consts::TAU) * 20_000.0) as i16);
    let click = (0..4_410).map(|n| if n % 7 < 3 { 18_000 - n * 4 } else { n * 4 - 18_000 } as i16);
    let padding = [0_i16; 46];
    let samples: Vec<u8> = sine
        .chain(padding)
        .chain(click)
        .chain(padding)
        .flat_map(i16::to_le_bytes)
        .collect();
    let info = list(
        b"INFO",
        &[
            chunk(b"ifil", &[2, 0, 1, 0]),
            chunk(b"isng", b"EMU8000\0"),
            chunk(b"INAM", b"Tiny GM\0"),
        ],
    );
    let data = list(b"sdta", &[chunk(b"smpl", &samples)]);
    let pointer = |name: &str, rest: &[u16]| [padded(name), words(rest)].concat();
    let phdr = [
        preset_header("Sine", 0, 0, 0),
        preset_header("Kit", 0, 128, 1),
        preset_header("EOP", 0, 0, 2),
    ];
    // Generators: 41 instrument, 54 sample modes, 53 sample.
    let inst = [pointer("Sine", &[0]), pointer("Kit", &[1]), pointer("EOI", &[2])];
    let shdr = [
        sample_header("Sine", [0, 4_410, 0, 4_400], 69),
        sample_header("Click", [4_456, 8_866, 4_456, 8_860], 38),
        sample_header("EOS", [0; 4], 0),
    ];
    let parameters = list(
        b"pdta",
        &[
            chunk(b"phdr", &phdr.concat()),
            chunk(b"pbag", &words(&[0, 0, 1, 0, 2, 0])),
            chunk(b"pmod", &[0; 10]),
            chunk(b"pgen", &words(&[41, 0, 41, 1, 0, 0])),
            chunk(b"inst", &inst.concat()),
            chunk(b"ibag", &words(&[0, 0, 2, 0, 3, 0])),
            chunk(b"imod", &[0; 10]),
            chunk(b"igen", &words(&[54, 1, 53, 0, 53, 1, 0, 0])),
            chunk(b"shdr", &shdr.concat()),
        ],
    );
    let content = [b"sfbk".to_vec(), info, data, parameters].concat();
    chunk(b"RIFF", &content)
}

fn chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    [name.as_slice(), &(content.len() as u32).to_le_bytes(), content].concat()
}

fn list(kind: &[u8; 4], chunks: &[Vec<u8>]) -> Vec<u8> {
    chunk(b"LIST", &[kind.to_vec(), chunks.concat()].concat())
}

fn words(words: &[u16]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

fn padded(name: &str) -> Vec<u8> {
    let mut bytes = name.as_bytes().to_vec();
    bytes.resize(20, 0);
    bytes
}

fn preset_header(name: &str, patch: u16, bank: u16, bag: u16) -> Vec<u8> {
    [padded(name), words(&[patch, bank, bag]), vec![0; 12]].concat()
}

fn sample_header(name: &str, [start, end, loop_start, loop_end]: [u32; 4], pitch: u8) -> Vec<u8> {
    let places: Vec<u8> = [start, end, loop_start, loop_end, 44_100]
        .iter()
        .flat_map(|place| place.to_le_bytes())
        .collect();
    [padded(name), places, vec![pitch, 0], words(&[0, 1])].concat()
}
