use super::*;

/// A vowel's syllable after `'` has the main stress.
fn spoken(text: &str, language: Language) -> String {
    let word = word(text, language).unwrap();
    let syllables = word.syllables.iter().map(|syllable| {
        let phones = syllable
            .phones
            .iter()
            .map(|phone| format!("{phone:?}"))
            .collect::<Vec<_>>();
        format!("{}{}", if syllable.stress == 2 { "'" } else { "" }, phones.join(" "))
    });
    syllables.collect::<Vec<_>>().join(" . ")
}

fn assert_spoken(language: Language, words: &[(&str, &str)]) {
    for (text, expected) in words {
        assert_eq!(spoken(text, language), *expected, "{text}");
    }
}

#[test]
fn spanish_words_are_spoken_as_they_are_spelled() {
    assert_spoken(
        Language::Spanish,
        &[
            ("corazón", "K OW . R AA . 'S AO N"),
            ("mañana", "M AA . 'N Y AA . N AA"),
            ("guitarra", "G IY . 'T AA . R AA"),
            ("quiero", "'K Y EH . R OW"),
            ("llueve", "'Y W EH . B EH"),
            ("cigüeña", "S IY . 'G W EH . N Y AA"),
            ("ciudad", "S Y UW . 'DH AA D"),
            ("hoy", "'OY"),
            ("voz", "'B AO S"),
            ("huye", "'UW . Y EH"),
            ("jamás", "HH AA . 'M AA S"),
            ("agua", "'AA . G W AA"),
            ("luego", "'L W EH . G OW"),
            ("también", "T AA M . 'B Y EH N"),
            ("siempre", "'S Y EH M . P R EH"),
            ("cielo", "'S Y EH . L OW"),
            ("pájaro", "'P AA . HH AA . R OW"),
            ("zapato", "S AA . 'P AA . T OW"),
            ("reloj", "R EH . 'L AO"),
            ("hermano", "EH R . 'M AA . N OW"),
            ("ojalá", "OW . HH AA . 'L AA"),
            ("país", "P AA . 'IY S"),
            ("canción", "K AA N . 'S Y AO N"),
            ("rey", "'R EY"),
            ("viento", "'B Y EH N . T OW"),
            ("dieciséis", "D Y EH . S IY . 'S EY S"),
            ("azul", "AA . 'S UW L"),
            ("queso", "'K EH . S OW"),
            ("general", "HH EH . N EH . 'R AA L"),
            ("noche", "'N AO . CH EH"),
            ("México", "'M EH . HH IY . K OW"),
        ],
    );
}

#[test]
fn italian_words_are_spoken_as_they_are_spelled() {
    assert_spoken(
        Language::Italian,
        &[
            ("amore", "AA . 'M OW . R EH"),
            ("ciao", "'CH AW"),
            ("cuore", "'K W OW . R EH"),
            ("figlia", "'F IY . L Y AA"),
            ("sogno", "'S AO . N Y OW"),
            ("scendere", "'SH EH N . D EH . R EH"),
            ("perché", "P EH R . 'K EY"),
            ("piccolo", "'P IY . K OW . L OW"),
            ("fantasia", "F AA N . T AA . 'Z IY . AA"),
            ("storia", "'S T OW . R Y AA"),
            ("che", "K EH"),
            ("gli", "L Y IY"),
            ("giorno", "'JH AO R . N OW"),
            ("guerra", "'G W EH . R AA"),
            ("acqua", "'AA . K W AA"),
            ("città", "CH IY . 'T AA"),
            ("lacrime", "'L AA . K R IY . M EH"),
            ("sempre", "'S EH M . P R EH"),
            ("zio", "'T S IY . OW"),
            ("mio", "'M IY . OW"),
            ("bellissima", "B EH . 'L IY . S IY . M AA"),
            ("l'anima", "'L AA . N IY . M AA"),
            ("dell'amore", "D EH . L AA . 'M OW . R EH"),
            ("cantare", "K AA N . 'T AA . R EH"),
            ("chiesa", "'K Y EH . Z AA"),
            ("laggiù", "L AA . 'JH UW"),
            ("luce", "'L UW . CH EH"),
            ("pioggia", "'P Y AO . JH AA"),
            ("uomo", "'W OW . M OW"),
            ("voglio", "'V AO . L Y OW"),
        ],
    );
}

#[test]
fn portuguese_words_are_spoken_as_they_are_spelled() {
    assert_spoken(
        Language::Portuguese,
        &[
            ("coração", "K OW . R AA . 'S AW N"),
            ("saudade", "S AW . 'D AA . JH IY"),
            ("não", "'N AW N"),
            ("você", "V OW . 'S EY"),
            ("amanhã", "AA . M AA . 'N Y AH N"),
            ("menina", "M EH . 'N IY . N AA"),
            ("gente", "'ZH EH N . CH IY"),
            ("tarde", "'T AA R . JH IY"),
            ("cidade", "S IY . 'D AA . JH IY"),
            ("Brasil", "B R AA . 'Z IY W"),
            ("rio", "'HH IY . UW"),
            ("filho", "'F IY . L Y UW"),
            ("sonho", "'S OW . N Y UW"),
            ("chuva", "'SH UW . V AA"),
            ("carro", "'K AA . HH UW"),
            ("exemplo", "EH . 'Z EH M . P L UW"),
            ("mãe", "'M AY N"),
            ("muito", "'M UW Y N . T UW"),
            ("bom", "'B OW N"),
            ("azul", "AA . 'Z UW W"),
            ("também", "T AA M . 'B EY N"),
            ("história", "IY S . 'T AO . R IY . AA"),
            ("cantar", "K AA N . 'T AA R"),
            ("noite", "'N OY . CH IY"),
            ("luz", "'L UW S"),
            ("quero", "'K EH . R UW"),
            ("água", "'AA . G W AA"),
            ("viver", "V IY . 'V EH R"),
            ("homem", "'OW . M EY N"),
        ],
    );
}

#[test]
fn german_words_are_spoken_as_they_are_spelled() {
    assert_spoken(
        Language::German,
        &[
            ("Liebe", "'L IY . B AX"),
            ("Nacht", "'N AA K T"),
            ("ich", "IH SH"),
            ("Herz", "'HH EH R T S"),
            ("Freiheit", "'F R AY . HH AY T"),
            ("Sonne", "'Z AO . N AX"),
            ("Himmel", "'HH IH . M AX L"),
            ("Mädchen", "'M EH D . SH AX N"),
            ("schön", "'SH ER N"),
            ("Straße", "'SH T R AA . S AX"),
            ("König", "'K ER . N IH SH"),
            ("träumen", "'T R OY . M AX N"),
            ("gegangen", "G EY . 'G AA NG . AX N"),
            ("vergessen", "F EH R . 'G EH . S AX N"),
            ("zurück", "T S UW . 'R IH K"),
            ("Stern", "'SH T EH R N"),
            ("spielen", "'SH P IY . L AX N"),
            ("für", "F UW R"),
            ("und", "UH N T"),
            ("Wolken", "'V AO L . K AX N"),
            ("Tag", "'T AA K"),
            ("Zeit", "'T S AY T"),
            ("leise", "'L AY . Z AX"),
            ("studieren", "SH T UW . 'D IY . R AX N"),
            ("Augen", "'AW . G AX N"),
            ("geliebt", "G EY . 'L IY P T"),
            ("Bruder", "'B R UW . D ER"),
            ("neuer", "'N OY . ER"),
        ],
    );
}

#[test]
fn french_words_are_spoken_as_they_are_spelled() {
    assert_spoken(
        Language::French,
        &[
            ("amour", "AA . 'M UW R"),
            ("toujours", "T UW . 'ZH UW R"),
            ("jardin", "ZH AA R . 'D AE N"),
            ("étoile", "EY . 'T W AA L"),
            ("bonjour", "B OW N . 'ZH UW R"),
            ("lumière", "L UW . 'M Y EH R"),
            ("cœur", "'K UH R"),
            ("nuit", "'N W IY"),
            ("temps", "'T AA N"),
            ("chanson", "SH AA N . 'S OW N"),
            ("jamais", "ZH AA . 'M EH"),
            ("parler", "P AA R . 'L EY"),
            ("petite", "P AX . 'T IY T"),
            ("soleil", "S OW . 'L EY"),
            ("oiseau", "W AA . 'Z OW"),
            ("c'est", "'S EH"),
            ("qu'il", "'K IY L"),
            ("l'amour", "L AA . 'M UW R"),
            ("rien", "'R Y AE N"),
            ("fille", "'F IY Y"),
            ("famille", "F AA . 'M IY Y"),
            ("eau", "'OW"),
            ("doux", "'D UW"),
            ("merci", "M EH R . 'S IY"),
            ("monde", "'M OW N D"),
            ("vent", "'V AA N"),
            ("moment", "M OW . 'M AA N"),
            ("pluie", "'P L W IY"),
            ("rêver", "R EH . 'V EY"),
            ("hiver", "IY . 'V EH R"),
        ],
    );
}

#[test]
fn words_of_other_letters_are_left_to_other_rules() {
    assert_eq!(word("любовь", Language::Spanish), None);
    assert_eq!(word("love", Language::English), None);
    assert_eq!(word("brr", Language::Italian), None);
}
