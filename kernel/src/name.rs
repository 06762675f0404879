//! A name made ready for comparison: tokens with their sounds and weights, its legal form apart.

use crate::fold::{fold, Word};
use crate::letters::Letters;
use crate::phonetic::phonetic;
use crate::tables::{LegalClass, TABLES};

/// Words of a name that are compared; what follows is cut and counted.
pub const TOKENS_MAX: usize = 24;

/// What kind of party a name belongs to, as far as reading the name depends on it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[repr(u8)]
pub enum Group {
    /// A natural person.
    Person = 0,
    /// An organization.
    Organization = 1,
    /// A vessel, an aircraft, or any other thing.
    Thing = 2,
}

impl Group {
    /// All groups, in the order of their numbers.
    pub const ALL: [Group; 3] = [Group::Person, Group::Organization, Group::Thing];
}

/// How a token may be compared.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[repr(u8)]
pub enum Kind {
    /// Two letters or more: compared with tolerance.
    Word = 0,
    /// One letter: stands for any word that begins with it.
    Initial = 1,
    /// Holds a digit: equal or different.
    Number = 2,
}

impl Kind {
    /// The kind of a folded word.
    pub fn of(letters: &Letters) -> Kind {
        match letters.len() {
            _ if letters.has_digit() => Kind::Number,
            1 => Kind::Initial,
            _ => Kind::Word,
        }
    }
}

/// What identifies a token: equal keys are compared alike with anything.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct TokenKey {
    /// Folded letters and digits.
    pub letters: Letters,
    /// True if romanised from another script.
    pub is_romanised: bool,
}

/// A word of a name with everything that comparing it needs.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// Letters and origin.
    pub key: TokenKey,
    /// Coarse phonetic form.
    pub phonetic: Letters,
    /// How it may be compared.
    pub kind: Kind,
    /// Rarity, 0 to `ONE`.
    pub weight: u32,
    /// True if a table knows variants of it.
    pub has_variants: bool,
}

impl Token {
    /// Makes a token of a folded word.
    pub fn new(key: TokenKey) -> Token {
        let letters = key.letters;
        Token {
            key,
            phonetic: phonetic(&letters),
            kind: Kind::of(&letters),
            weight: TABLES.weight(&letters),
            has_variants: TABLES.has_variants(&letters),
        }
    }
}

/// One way to read a name.
#[derive(Clone, Debug)]
pub struct Reading {
    /// At most `TOKENS_MAX`, in the order written.
    pub tokens: Vec<Token>,
    /// The legal form, if the name has one.
    pub legal: Option<LegalClass>,
    /// The kind of party it was read for.
    pub group: Group,
}

impl Reading {
    fn same(&self, other: &Reading) -> bool {
        let keys = |reading: &Reading| reading.tokens.iter().map(|t| t.key).collect::<Vec<_>>();
        (self.group, self.legal) == (other.group, other.legal) && keys(self) == keys(other)
    }

    /// The sum of the tokens' weights.
    pub fn weight(&self) -> u32 {
        self.tokens.iter().map(|token| token.weight).sum()
    }
}

/// All ways to read a name.
#[derive(Clone, Debug, Default)]
pub struct Name {
    /// Distinct, the best first; empty if nothing was legible.
    pub readings: Vec<Reading>,
    /// True if the name was longer than what is compared.
    pub is_cut: bool,
}

/// Reads a name for one group, or for a party of unknown kind in every way that differs.
pub fn analyse(text: &str, group: Option<Group>) -> Name {
    let folded = fold(text);
    let groups = match group {
        Some(ref group) => std::slice::from_ref(group),
        None => &Group::ALL[..],
    };
    let mut name =
        Name { readings: Vec::with_capacity(folded.readings.len()), is_cut: folded.is_cut };
    for words in &folded.readings {
        for &group in groups {
            let reading = read(words, group, &mut name.is_cut);
            if !reading.tokens.is_empty() && !name.readings.iter().any(|known| known.same(&reading))
            {
                name.readings.push(reading);
            }
        }
    }
    name
}

fn read(words: &[Word], group: Group, is_cut: &mut bool) -> Reading {
    let (words, legal) = match group {
        Group::Person => (without_numbers(join_servant_names(words)), None),
        Group::Organization => without_legal_form(&with_numbers(&join_initials(words))),
        Group::Thing => (with_numbers(&join_initials(words)), None),
    };
    *is_cut |= words.len() > TOKENS_MAX;
    let tokens = words.iter().take(TOKENS_MAX).map(|&key| Token::new(key)).collect();
    Reading { tokens, legal, group }
}

/// The word as it is compared, misread digits repaired.
fn key(word: &Word) -> TokenKey {
    let letters = with_digits_read_as_letters(&word.letters).unwrap_or(word.letters);
    TokenKey { letters, is_romanised: word.is_romanised }
}

/// `TECHN0LOG1ES`, as a scanner reads it: digits that look like a letter, before the last letter of
/// a word that is letters for the most part. `3rd`, `DY905` and `M7` stay what they are.
fn with_digits_read_as_letters(word: &Letters) -> Option<Letters> {
    let last_letter = word.iter().rposition(u8::is_ascii_lowercase)?;
    let digits = word.iter().filter(|letter| letter.is_ascii_digit()).count();
    let are_few = 3 * digits <= word.len() - digits;
    if digits == 0 || !are_few || last_letter + 1 != word.len() {
        return None;
    }
    let mut letters = Letters::EMPTY;
    for &letter in word.iter() {
        letters.push(match letter {
            b'0' => b'o',
            b'1' => b'i',
            b'2' => b'z',
            b'5' => b's',
            b'8' => b'b',
            other => other,
        });
    }
    (!letters.has_digit()).then_some(letters)
}

/// Numbers beside a person's name (of a file, a document) are none of it.
fn without_numbers(words: Vec<TokenKey>) -> Vec<TokenKey> {
    let is_number = |word: &TokenKey| Kind::of(&word.letters) == Kind::Number;
    if words.iter().all(is_number) {
        return words;
    }
    words.into_iter().filter(|word| !is_number(word)).collect()
}

/// Abd al-Rahman, Abdul Rahman and Abdelrahman become `abd rahman`.
fn join_servant_names(words: &[Word]) -> Vec<TokenKey> {
    let mut keys: Vec<TokenKey> = Vec::with_capacity(words.len() + 1);
    let mut after_abd = false;
    for word in words {
        let letters = word.letters;
        if after_abd && is_article(&letters) {
            continue;
        }
        let (head, rest) = servant_parts(&letters);
        after_abd = head && rest.is_empty();
        if !head {
            keys.push(key(word));
            continue;
        }
        keys.push(TokenKey { letters: Letters::new(b"abd"), is_romanised: word.is_romanised });
        if !rest.is_empty() {
            keys.push(TokenKey { letters: Letters::new(rest), is_romanised: word.is_romanised });
        }
    }
    keys
}

fn is_article(letters: &[u8]) -> bool {
    matches!(letters, [b'a' | b'e' | b'u' | b'i', b'l' | b'r' | b's' | b'n' | b'd' | b'z' | b't'])
        || matches!(letters, b"ash" | b"adh" | b"ath" | b"esh" | b"ush")
}

/// Whether a word begins with "servant of", and what is written on after it.
fn servant_parts(letters: &[u8]) -> (bool, &[u8]) {
    let Some(tail) = letters.strip_prefix(b"abd") else {
        return (false, &[]);
    };
    if tail.is_empty() {
        return (true, &[]);
    }
    let vowels = tail.iter().take_while(|letter| b"aeiou".contains(letter)).count();
    let Some((&consonant, rest)) = tail.get(vowels..).and_then(<[u8]>::split_first) else {
        return (false, &[]);
    };
    let assimilates = rest.first() == Some(&consonant) && b"rsnzdt".contains(&consonant);
    let is_head = vowels > 0 && (consonant == b'l' || assimilates || rest.is_empty());
    // Abdullah is a name of its own, written with one l or two.
    let is_god = rest.starts_with(b"la") && rest.len() <= 3 || rest == b"a" || rest == b"ah";
    if !is_head || is_god || (!rest.is_empty() && rest.len() < 3) {
        return (false, &[]);
    }
    if rest.is_empty() && !b"lrsnzdt".contains(&consonant) {
        return (false, &[]);
    }
    (true, rest)
}

/// S.A. and U.I. become one word each, so that `SA` and `UI` equal them.
fn join_initials(words: &[Word]) -> Vec<TokenKey> {
    let mut keys: Vec<TokenKey> = Vec::with_capacity(words.len());
    let mut in_run = false;
    for word in words {
        let is_initial = word.letters.len() == 1 && !word.letters.has_digit();
        match keys.last_mut() {
            Some(last) if is_initial && in_run && last.is_romanised == word.is_romanised => {
                last.letters = Letters::glued(&last.letters, &word.letters);
            }
            _ => keys.push(key(word)),
        }
        in_run = is_initial;
    }
    keys
}

trait AsKey {
    fn as_key(&self) -> TokenKey;
}

impl AsKey for Word {
    fn as_key(&self) -> TokenKey {
        key(self)
    }
}

impl AsKey for TokenKey {
    fn as_key(&self) -> TokenKey {
        *self
    }
}

/// Three, III and 3rd become 3.
fn with_numbers<Item: AsKey>(words: &[Item]) -> Vec<TokenKey> {
    let number = |word: &Item| {
        let key = word.as_key();
        let letters = TABLES.number(&key.letters).unwrap_or(key.letters);
        TokenKey { letters, is_romanised: key.is_romanised && !letters.has_digit() }
    };
    words.iter().map(number).collect()
}

/// Takes legal forms out of a name, unless nothing would remain.
fn without_legal_form(words: &[TokenKey]) -> (Vec<TokenKey>, Option<LegalClass>) {
    let letters: Vec<Letters> = words.iter().map(|word| word.letters).collect();
    let mut kept = Vec::with_capacity(words.len());
    let mut legal = None;
    let mut place = 0;
    while let (Some(&word), Some(rest)) = (words.get(place), letters.get(place..)) {
        match TABLES.legal_form(rest) {
            Some((class, length)) => {
                legal = Some(class);
                place += length;
            }
            None => {
                kept.push(word);
                place += 1;
            }
        }
    }
    if kept.is_empty() {
        return (words.to_vec(), None);
    }
    (kept, legal)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(text: &str, group: Group) -> Vec<String> {
        let name = analyse(text, Some(group));
        name.readings[0].tokens.iter().map(|t| t.key.letters.as_str().to_owned()).collect()
    }

    #[test]
    fn servant_names_are_one_however_written() {
        for text in ["Abd al-Rahman", "Abdul Rahman", "Abdelrahman", "ABDURRAHMAN", "Abd Rahman"] {
            assert_eq!(letters(text, Group::Person), ["abd", "rahman"], "{text}");
        }
        assert_eq!(letters("Abdullah Abdo", Group::Person), ["abdullah", "abdo"]);
        assert_eq!(letters("Abdalla", Group::Person), ["abdalla"]);
    }

    #[test]
    fn a_digit_inside_a_word_is_a_letter_misread() {
        assert_eq!(letters("TECHN0LOG1ES 0FFICE", Group::Organization), ["technologies", "office"]);
        assert_eq!(letters("DY905 3rd M7", Group::Thing), ["dy905", "3", "m7"]);
        assert_eq!(letters("Ada Example 4711", Group::Person), ["ada", "example"]);
    }

    #[test]
    fn legal_forms_stand_apart() {
        let name = analyse("Example Trading S.A. de C.V.", Some(Group::Organization));
        assert_eq!(name.readings[0].tokens.len(), 2);
        assert!(name.readings[0].legal.is_some());
    }
}
