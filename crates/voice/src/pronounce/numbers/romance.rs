//! Whole numbers in Spanish, Italian and Portuguese.

use crate::pronounce::Language;

/// A number from 0 to 9999 in words; `None` for others and in other languages.
pub(in crate::pronounce) fn cardinal(number: Option<u32>, language: Language) -> Option<String> {
    let number = number.filter(|number| *number < 10_000)? as usize;
    match language {
        Language::Spanish => Some(spanish(number)),
        Language::Italian => Some(italian(number)),
        Language::Portuguese => Some(portuguese(number)),
        _ => None,
    }
}

fn word(list: &str, index: usize) -> &str {
    list.split(' ').nth(index).unwrap_or_default()
}

fn spanish(number: usize) -> String {
    const ONES: &str = "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis \
        diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis \
        veintisiete veintiocho veintinueve";
    const TENS: &str = "- - - treinta cuarenta cincuenta sesenta setenta ochenta noventa";
    const HUNDREDS: &str =
        "- ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos";
    match number {
        0..30 => word(ONES, number).to_owned(),
        30..100 => joined(word(TENS, number / 10).to_owned(), " y ", number % 10, spanish),
        100 => "cien".to_owned(),
        101..1000 => joined(word(HUNDREDS, number / 100).to_owned(), " ", number % 100, spanish),
        1000..2000 => joined("mil".to_owned(), " ", number % 1000, spanish),
        _ => joined(format!("{} mil", spanish(number / 1000)), " ", number % 1000, spanish),
    }
}

fn italian(number: usize) -> String {
    const ONES: &str = "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici \
        sedici diciassette diciotto diciannove";
    const TENS: &str = "- - venti trenta quaranta cinquanta sessanta settanta ottanta novanta";
    match number {
        0..20 => word(ONES, number).to_owned(),
        20..100 => {
            let tens = word(TENS, number / 10);
            let elided = matches!(number % 10, 1 | 8);
            let tens = if elided { &tens[..tens.len() - 1] } else { tens };
            joined(tens.to_owned(), "", number % 10, italian)
        }
        100..200 => joined("cento".to_owned(), "", number % 100, italian),
        200..1000 => joined(format!("{}cento", italian(number / 100)), "", number % 100, italian),
        1000..2000 => joined("mille".to_owned(), "", number % 1000, italian),
        _ => joined(format!("{}mila", italian(number / 1000)), "", number % 1000, italian),
    }
}

fn portuguese(number: usize) -> String {
    const ONES: &str = "zero um dois três quatro cinco seis sete oito nove dez onze doze treze quatorze quinze dezesseis \
        dezessete dezoito dezenove";
    const TENS: &str = "- - vinte trinta quarenta cinquenta sessenta setenta oitenta noventa";
    const HUNDREDS: &str =
        "- cento duzentos trezentos quatrocentos quinhentos seiscentos setecentos oitocentos novecentos";
    match number {
        0..20 => word(ONES, number).to_owned(),
        20..100 => joined(word(TENS, number / 10).to_owned(), " e ", number % 10, portuguese),
        100 => "cem".to_owned(),
        101..1000 => joined(word(HUNDREDS, number / 100).to_owned(), " e ", number % 100, portuguese),
        _ => {
            let thousands = match number / 1000 {
                1 => "mil".to_owned(),
                more => format!("{} mil", portuguese(more)),
            };
            let rest = number % 1000;
            let between = if rest < 100 || rest.is_multiple_of(100) {
                " e "
            } else {
                " "
            };
            joined(thousands, between, rest, portuguese)
        }
    }
}

fn joined(head: String, between: &str, rest: usize, spoken: fn(usize) -> String) -> String {
    if rest == 0 {
        head
    } else {
        format!("{head}{between}{}", spoken(rest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_said_as_in_their_language() {
        for (number, language, words) in [
            (0, Language::Spanish, "cero"),
            (16, Language::Spanish, "dieciséis"),
            (31, Language::Spanish, "treinta y uno"),
            (100, Language::Spanish, "cien"),
            (555, Language::Spanish, "quinientos cincuenta y cinco"),
            (1999, Language::Spanish, "mil novecientos noventa y nueve"),
            (21, Language::Italian, "ventuno"),
            (48, Language::Italian, "quarantotto"),
            (365, Language::Italian, "trecentosessantacinque"),
            (2000, Language::Italian, "duemila"),
            (22, Language::Portuguese, "vinte e dois"),
            (100, Language::Portuguese, "cem"),
            (1985, Language::Portuguese, "mil novecentos e oitenta e cinco"),
            (2024, Language::Portuguese, "dois mil e vinte e quatro"),
        ] {
            assert_eq!(cardinal(Some(number), language).unwrap(), words);
        }
        assert_eq!(cardinal(Some(10_000), Language::Spanish), None);
        assert_eq!(cardinal(Some(7), Language::English), None);
    }
}
