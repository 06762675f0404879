//! From text in any script to rows of Latin words: normalise, split, romanise.

use unicode_normalization::UnicodeNormalization;

use crate::letters::{Letters, LETTERS_MAX};
use crate::romanise::{romanise, Reading as Romanised};
use crate::script::{script_of, Script};

/// Characters of a name that are read; what follows is cut and counted.
pub const NAME_CHARACTERS_MAX: usize = 1000;

/// A word of a folded name.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Word {
    /// Latin letters and digits.
    pub letters: Letters,
    /// True if it was written in another script.
    pub is_romanised: bool,
}

/// A name as rows of words, one row for each way to read it.
#[derive(Debug, Default)]
pub struct Folded {
    /// At least one, the best first; a row is empty if nothing was legible.
    pub readings: Vec<Vec<Word>>,
    /// True if the name or a word was longer than what is compared.
    pub is_cut: bool,
}

/// Folds a name.
pub fn fold(text: &str) -> Folded {
    let mut folder = Folder::default();
    if text.is_ascii() {
        folder.is_cut = text.len() > NAME_CHARACTERS_MAX;
        for &byte in text.as_bytes().iter().take(NAME_CHARACTERS_MAX) {
            folder.take_ascii(byte.to_ascii_lowercase());
        }
    } else {
        let mut characters: Vec<char> =
            text.nfkc().flat_map(char::to_lowercase).take(NAME_CHARACTERS_MAX + 1).collect();
        folder.is_cut = characters.len() > NAME_CHARACTERS_MAX;
        characters.truncate(NAME_CHARACTERS_MAX);
        let mut words = characters.as_mut_slice();
        while let Some(first) = words.iter().position(|&character| alphabet_of(character).is_some())
        {
            let word = words.split_at_mut(first).1;
            let end = word.iter().position(|&c| alphabet_of(c).is_none() && !is_within(c));
            let (word, rest) = word.split_at_mut(end.unwrap_or(word.len()));
            write_in_one_alphabet(word);
            words = rest;
        }
        for character in characters {
            folder.take(character);
        }
    }
    folder.finish()
}

/// The alphabet of a letter, among those whose letters look alike.
fn alphabet_of(character: char) -> Option<Script> {
    Some(script_of(character))
        .filter(|script| matches!(script, Script::Latin | Script::Cyrillic | Script::Greek))
}

/// True for what stands within words and is no letter.
fn is_within(character: char) -> bool {
    is_ignored(character) || unicode_normalization::char::is_combining_mark(character)
}

/// Puts look-alikes of another alphabet, there by slip or by intent, back into that of their word.
///
/// Where all letters look alike, the word is of the alphabet that has more of them, or Latin. What is
/// two words without a blank between them is left as it is: neither alphabet has all of its letters.
fn write_in_one_alphabet(word: &mut [char]) {
    let count = |alphabet| word.iter().filter(|&&c| alphabet_of(c) == Some(alphabet)).count();
    let latin = count(Script::Latin);
    let (other, others) = match (count(Script::Cyrillic), count(Script::Greek)) {
        (others, 0) => (Script::Cyrillic, others),
        (0, others) => (Script::Greek, others),
        _ => return,
    };
    if latin == 0 || others == 0 {
        return;
    }
    let likely = if latin < others { [other, Script::Latin] } else { [Script::Latin, other] };
    for to in likely {
        let written = |c: char| match alphabet_of(c) {
            Some(from) if from != to => twin_in(to, c),
            _ => Some(c),
        };
        if word.iter().all(|&c| written(c).is_some()) {
            for character in word {
                *character = written(*character).unwrap_or(*character);
            }
            return;
        }
    }
}

/// A word, or the ways to read a word of another script.
enum Piece {
    Latin(Letters),
    Romanised(Vec<Romanised>),
}

#[derive(Default)]
struct Folder {
    pieces: Vec<Piece>,
    latin: Option<Letters>,
    run: String,
    run_script: Option<Script>,
    is_cut: bool,
}

impl Folder {
    fn take_ascii(&mut self, byte: u8) {
        if byte.is_ascii_lowercase() || byte.is_ascii_digit() {
            self.push_latin(byte);
        } else if byte != b'\'' && byte != b'`' {
            self.end_word();
        }
    }

    fn take(&mut self, character: char) {
        if character.is_ascii() {
            return self.take_ascii(character as u8);
        }
        if is_ignored(character) {
            return;
        }
        match script_of(character) {
            Script::Latin => self.take_latin(character),
            Script::Common => self.take_common(character),
            script => self.take_letter(character, script),
        }
    }

    fn take_letter(&mut self, character: char, script: Script) {
        if self.run_script != Some(script) {
            self.end_word();
            self.run_script = Some(script);
        }
        self.run.push(character);
    }

    fn take_latin(&mut self, character: char) {
        if let Some(spelled) = spelled_out(character) {
            spelled.bytes().for_each(|letter| self.push_latin(letter));
            return;
        }
        for part in std::iter::once(character).nfd() {
            if part.is_ascii_alphanumeric() {
                self.push_latin(part as u8);
            } else if script_of(part) == Script::Latin {
                let ascii = any_ascii::any_ascii_char(part);
                ascii
                    .bytes()
                    .map(|letter| letter.to_ascii_lowercase())
                    .filter(u8::is_ascii_alphanumeric)
                    .for_each(|letter| self.push_latin(letter));
            }
        }
    }

    fn take_common(&mut self, character: char) {
        if unicode_normalization::char::is_combining_mark(character) {
            // A mark belongs to the letter before it; on Latin letters it is dropped.
            if self.run_script.is_some() {
                self.run.push(character);
            }
            return;
        }
        let ascii = any_ascii::any_ascii_char(character);
        match ascii.as_bytes() {
            [digit] if digit.is_ascii_digit() && character.is_numeric() => self.push_latin(*digit),
            _ => self.end_word(),
        }
    }

    fn push_latin(&mut self, letter: u8) {
        if self.run_script.is_some() {
            self.end_word();
        }
        if !self.latin.get_or_insert(Letters::EMPTY).push(letter) {
            self.is_cut = true;
        }
    }

    fn end_word(&mut self) {
        if let Some(latin) = self.latin.take() {
            self.pieces.push(Piece::Latin(latin));
        }
        if let Some(script) = self.run_script.take() {
            let readings = romanise(&self.run, script);
            self.run.clear();
            if !readings.is_empty() {
                self.pieces.push(Piece::Romanised(readings));
            }
        }
    }

    fn finish(mut self) -> Folded {
        self.end_word();
        let ways = self.pieces.iter().map(|piece| match piece {
            Piece::Latin(_) => 1,
            Piece::Romanised(readings) => readings.len(),
        });
        let ways = ways.max().unwrap_or(1);
        let mut is_cut = self.is_cut;
        let mut readings: Vec<Vec<Word>> = Vec::with_capacity(ways);
        for way in 0..ways {
            let reading = self.reading(way, &mut is_cut);
            if !readings.contains(&reading) {
                readings.push(reading);
            }
        }
        readings.extend(readings.first().map_or(Vec::new(), |first| halves(first)));
        Folded { readings, is_cut }
    }

    /// The row of words in which every word is read in its `way`-th way, or its last.
    fn reading(&self, way: usize, is_cut: &mut bool) -> Vec<Word> {
        let mut words = Vec::with_capacity(self.pieces.len());
        for piece in &self.pieces {
            match piece {
                Piece::Latin(letters) => {
                    words.push(Word { letters: *letters, is_romanised: false });
                }
                Piece::Romanised(readings) => {
                    let Some(reading) = readings.get(way).or(readings.last()) else {
                        continue;
                    };
                    for token in reading {
                        *is_cut |= token.len() > LETTERS_MAX;
                        let letters = Letters::new(token.as_bytes());
                        words.push(Word { letters, is_romanised: true });
                    }
                }
            }
        }
        words
    }
}

/// A name written twice, in Latin and in another script, is also either of the two.
fn halves(words: &[Word]) -> Vec<Vec<Word>> {
    let half = |is_romanised: bool| -> Vec<Word> {
        words.iter().filter(|word| word.is_romanised == is_romanised).copied().collect()
    };
    let (latin, romanised) = (half(false), half(true));
    if latin.len() < 2 || romanised.len() < 2 {
        return Vec::new();
    }
    vec![latin, romanised]
}

/// Letters that cannot be told apart by eye, in small letters or in capitals: Latin, Cyrillic, Greek.
const TWINS: [(char, char, char); 20] = [
    ('a', 'а', 'α'),
    ('b', 'в', 'β'),
    ('c', 'с', '\0'),
    ('d', 'ԁ', '\0'),
    ('e', 'е', 'ε'),
    ('h', 'н', 'η'),
    ('i', 'і', 'ι'),
    ('j', 'ј', '\0'),
    ('k', 'к', 'κ'),
    ('m', 'м', 'μ'),
    ('n', '\0', 'ν'),
    ('o', 'о', 'ο'),
    ('p', 'р', 'ρ'),
    ('q', 'ԛ', '\0'),
    ('s', 'ѕ', '\0'),
    ('t', 'т', 'τ'),
    ('w', 'ԝ', '\0'),
    ('x', 'х', 'χ'),
    ('y', 'у', 'υ'),
    ('z', '\0', 'ζ'),
];

/// The letter of another alphabet that a letter cannot be told from by eye.
fn twin_in(alphabet: Script, letter: char) -> Option<char> {
    let letter = if letter == 'һ' { 'н' } else { letter };
    let (latin, cyrillic, greek) = TWINS.iter().copied().find(|twins| {
        let (latin, cyrillic, greek) = *twins;
        [latin, cyrillic, greek].contains(&letter)
    })?;
    let twin = match alphabet {
        Script::Latin => latin,
        Script::Cyrillic => cyrillic,
        _ => greek,
    };
    Some(twin).filter(|&twin| twin != '\0')
}

/// Characters that neither are a letter nor end a word: apostrophes, joiners, direction marks.
fn is_ignored(character: char) -> bool {
    matches!(character,
        '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{02BB}'..='\u{02BF}' | '\u{2032}' | '\u{00B4}'
        | '\u{02B9}' | '\u{02BA}' | '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FE00}'..='\u{FE0F}' | '\u{0640}')
}

/// Latin letters that are more than a letter with a mark.
fn spelled_out(character: char) -> Option<&'static str> {
    Some(match character {
        'ß' => "ss",
        'æ' | 'ǽ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'ı' => "i",
        'þ' => "th",
        'ə' | 'ǝ' => "a",
        'ħ' => "h",
        'ŋ' => "ng",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let folded = fold(text);
        let first = folded.readings.into_iter().next().unwrap_or_default();
        first.iter().map(|word| word.letters.as_str().to_owned()).collect()
    }

    #[test]
    fn marks_case_and_punctuation_fold_away() {
        assert_eq!(words("Çiçek, ŁUKASZ O’Neill-Straße"), ["cicek", "lukasz", "oneill", "strasse"]);
        assert_eq!(words("Cafe\u{301} ａｂｃ\u{200B}d"), ["cafe", "abcd"]);
        assert_eq!(words("\u{202E}Ada\0Example ٣"), ["ada", "example", "3"]);
    }

    #[test]
    fn look_alikes_inside_a_latin_word_are_latin() {
        // The second, then the first and fourth, then all but the last letter are Cyrillic.
        assert_eq!(words("B\u{430}sher"), ["basher"]);
        assert_eq!(words("\u{412}ash\u{430}r \u{420}utin"), ["bashar", "putin"]);
        assert_eq!(words("\u{43E}\u{440}\u{435}n"), ["open"]);
        assert_eq!(words("Сара"), ["sara"]);
    }

    #[test]
    fn look_alikes_inside_a_word_of_another_alphabet_are_of_that() {
        // The Latin letters a, i and o; then a Latin A at the end, and an o among Greek letters.
        for (mixed, plain) in [
            ("Пр\u{61}вда", "Правда"),
            ("МАГАЗ\u{49}Н", "МАГАЗІН"),
            ("М\u{6F}сква", "Москва"),
            ("Рос\u{63}ия", "Россия"),
            ("Правд\u{61}", "Правда"),
            ("Γε\u{6F}ργιος", "Γεοργιος"),
        ] {
            assert_eq!(words(mixed), words(plain));
        }
        assert_eq!(words("ЗАОprom"), ["zao", "prom"]);
        assert_eq!(words("ЗАО Prom"), ["zao", "prom"]);
    }

    #[test]
    fn a_name_in_two_scripts_is_either() {
        let folded = fold("Ada Example Ада Эксампл");
        assert_eq!(folded.readings.len(), 3);
    }

    #[test]
    fn a_name_of_a_million_letters_is_cut_and_says_so() {
        let folded = fold(&"x".repeat(1_000_000));
        assert!(folded.is_cut);
        assert_eq!(folded.readings[0][0].letters.len(), LETTERS_MAX);
    }
}
