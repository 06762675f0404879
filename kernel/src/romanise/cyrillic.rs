//! Cyrillic: Russian first, with the letters of Ukrainian, Belarusian, Bulgarian, Serbian,
//! Macedonian, Kazakh, Tajik, Tatar, Kyrgyz, Uzbek and Mongolian.

use super::{jot, Reading};

/// One reading as Russian spells. A second with г as h where Ukrainian or a foreign name may stand
/// behind it (first where the letters are Ukrainian), and one with j for a y that begins the word.
pub fn readings(word: &str) -> Vec<Reading> {
    let letters: Vec<char> = word.chars().collect();
    let ge = spell(&letters, "g");
    let he = spell(&letters, "h");
    let ukrainian = letters.iter().any(|c| matches!(c, 'і' | 'ї' | 'є' | 'ґ' | 'ў'));
    let spellings = if ukrainian { [he, ge] } else { [ge, he] };
    let mut readings: Vec<Reading> = spellings.map(|spelt| vec![spelt]).into();
    readings.extend(jot(&readings));
    readings
}

fn spell(letters: &[char], ge: &str) -> String {
    let mut spelt = String::with_capacity(letters.len() * 2);
    let mut rest = letters;
    while let Some((&c, tail)) = rest.split_first() {
        rest = tail;
        let at_start = spelt.is_empty();
        match (c, tail.first()) {
            ('г', _) => spelt.push_str(ge),
            ('и' | 'ы', Some('й')) if tail.len() == 1 => {
                spelt.push('y');
                rest = &[];
            }
            ('у', Some('и' | 'э' | 'о' | 'е' | 'а')) if at_start => spelt.push('w'),
            ('ь' | 'ъ', Some('о' | 'е' | 'и')) => spelt.push('y'),
            ('ц', Some('з')) => {
                spelt.push('j');
                rest = tail.get(1..).unwrap_or(&[]);
            }
            ('ч', Some('ж')) => {}
            ('щ', _) => spelt.push_str("shch"),
            _ => spelt.push_str(letter(c)),
        }
    }
    spelt
}

fn letter(c: char) -> &'static str {
    match c {
        'а' | 'ә' | 'ӑ' | 'ӓ' => "a",
        'б' => "b",
        'в' => "v",
        'ґ' | 'ғ' => "g",
        'д' => "d",
        'е' | 'э' | 'ѐ' | 'є' | 'ӗ' => "e",
        'ё' => "yo",
        'ж' | 'ӂ' => "zh",
        'з' | 'ҙ' => "z",
        'и' | 'і' | 'ї' | 'ѝ' | 'ӣ' => "i",
        'й' | 'ы' | 'ӥ' => "y",
        'к' => "k",
        'қ' | 'ҡ' => "q",
        'л' => "l",
        'љ' => "lj",
        'м' => "m",
        'н' => "n",
        'њ' => "nj",
        'ң' | 'ҥ' => "ng",
        'о' | 'ө' | 'ӧ' => "o",
        'п' => "p",
        'р' => "r",
        'с' | 'ҫ' => "s",
        'т' => "t",
        'у' | 'ұ' | 'ү' | 'ӯ' | 'ӱ' | 'ў' => "u",
        'ф' => "f",
        'х' => "kh",
        'һ' | 'ҳ' => "h",
        'ц' => "ts",
        'ч' | 'ћ' => "ch",
        'ј' | 'ҷ' | 'џ' | 'җ' => "j",
        'ђ' | 'ѓ' => "dj",
        'ќ' => "kj",
        'ѕ' => "dz",
        'ш' => "sh",
        'ю' => "yu",
        'я' => "ya",
        'ѣ' => "e",
        _ => "",
    }
}
