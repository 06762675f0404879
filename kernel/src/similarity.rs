//! How alike two words are: the definition that index, exhaustive mode and explanation share.

use crate::edit::{budget_phonetic, budget_written, Pattern};
use crate::letters::{Letters, LETTERS_MAX};
use crate::name::{Kind, Token};
use crate::phonetic::phonetic;
use crate::skeleton::similarity_across;
use crate::tables::{ONE, TABLES};

/// Likeness of a single letter and a word that begins with it.
pub const INITIAL: u32 = 2458;
/// Likeness of one word and the same written as two.
pub const GLUED: u32 = 3809;
/// Likeness of two words that sound the same but are written otherwise.
pub const PHONETIC: u32 = 3891;
/// Likeness of a romanised word and the same Latin word.
pub const ROMANISED_SAME: u32 = 4014;
/// What an edit costs, in tenths of its share of the letters: a word one edit away is less often the
/// same word than its letters suggest.
const EDIT_TENTHS: u32 = 13;
/// Letters that a glued pair has at least.
pub const GLUED_LETTERS_MIN: usize = 4;

/// Why two words are alike.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Likeness {
    /// The same letters.
    Same = 0,
    /// A few edits apart as written.
    Spelling = 1,
    /// A few edits apart as they sound.
    Sound = 2,
    /// A table says that they are variants.
    Variant = 3,
    /// Alike across scripts.
    Across = 4,
    /// One is the initial of the other.
    Initial = 5,
    /// One is written as two words on the other side.
    Glued = 6,
}

impl Likeness {
    /// The names of all reasons, in the order of their numbers.
    pub const SLUGS: [&'static str; 7] =
        ["same", "spelling", "sound", "variant", "across-scripts", "initial", "written-as-one"];
}

/// The likeness of two tokens, 0 to `ONE`, and its reason; the first one's patterns prepared.
pub fn similarity_with(
    one: &Token,
    pattern: &Pattern,
    sound: &Pattern,
    other: &Token,
) -> (u32, Likeness) {
    let (a, b) = (&one.key, &other.key);
    if a.letters == b.letters {
        let same = if a.is_romanised == b.is_romanised { ONE } else { ROMANISED_SAME };
        return (same, Likeness::Same);
    }
    match (one.kind, other.kind) {
        (Kind::Number, _) | (_, Kind::Number) => return (0, Likeness::Same),
        (Kind::Initial, _) | (_, Kind::Initial) => {
            let same = a.letters.first() == b.letters.first();
            return (if same { INITIAL } else { 0 }, Likeness::Initial);
        }
        (Kind::Word, Kind::Word) => {}
    }
    let mut best = (0, Likeness::Variant);
    if one.has_variants && other.has_variants {
        best.0 = TABLES.variant_similarity(&a.letters, &b.letters);
    }
    let limit = budget_written(a.letters.len().max(b.letters.len()));
    let distance = pattern.distance(&b.letters, limit);
    if distance <= limit {
        improve(
            &mut best,
            written_similarity(&a.letters, &b.letters, distance),
            Likeness::Spelling,
        );
    }
    let limit = budget_phonetic(one.phonetic.len().max(other.phonetic.len()));
    let distance = sound.distance(&other.phonetic, limit);
    if distance <= limit {
        let alike = phonetic_similarity(one.phonetic.len(), other.phonetic.len(), distance);
        improve(&mut best, alike, Likeness::Sound);
    }
    if a.is_romanised || b.is_romanised {
        improve(&mut best, across_similarity(&a.letters, &b.letters), Likeness::Across);
    }
    best
}

fn improve(best: &mut (u32, Likeness), alike: u32, likeness: Likeness) {
    if alike > best.0 {
        *best = (alike, likeness);
    }
}

/// Likeness of two written forms `distance` edits apart: a common beginning counts more.
pub fn written_similarity(one: &[u8], other: &[u8], distance: usize) -> u32 {
    let length = one.len().max(other.len()).max(1) as u32;
    let unlike = distance as u32 * ONE * EDIT_TENTHS / 10 / length;
    let prefix = one.iter().zip(other).take(4).take_while(|(a, b)| a == b).count() as u32;
    ONE.saturating_sub(unlike * (10 - prefix) / 10)
}

/// Likeness of two words of which one is romanised; never above words that sound the same.
pub fn across_similarity(one: &[u8], other: &[u8]) -> u32 {
    similarity_across(one, other).min(PHONETIC)
}

/// Likeness of two phonetic forms `distance` edits apart.
pub fn phonetic_similarity(one: usize, other: usize, distance: usize) -> u32 {
    let length = one.max(other).max(1) as u32;
    PHONETIC.saturating_sub(distance as u32 * PHONETIC * EDIT_TENTHS / 10 / length)
}

/// The greatest likeness of a written form of some letters to another one.
pub fn most_alike_spelling(length: usize) -> u32 {
    let longer = [b'a'; LETTERS_MAX + 1];
    let longer = longer.get(..=length).unwrap_or(&longer);
    // One edit, the beginning in common, and the longest partner that an edit leaves.
    written_similarity(longer, longer.get(..length).unwrap_or(longer), 1)
}

/// The greatest likeness of a phonetic form of some letters to another one.
pub fn most_alike_sound(length: usize) -> u32 {
    phonetic_similarity(length + 1, length, 1)
}

/// The sound of two neighbouring tokens written as one; absent if they are never glued.
pub fn glued_sound(first: &Token, second: &Token) -> Option<Letters> {
    let (a, b) = (&first.key.letters, &second.key.letters);
    let is_short = a.len() + b.len() < GLUED_LETTERS_MIN;
    if is_short || first.kind == Kind::Number || second.kind == Kind::Number {
        return None;
    }
    Some(phonetic(&Letters::glued(a, b)))
}

/// True if a token sounds like a glued pair.
pub fn is_glued(token: &Token, sound: Option<Letters>) -> bool {
    token.kind == Kind::Word && sound == Some(token.phonetic)
}
