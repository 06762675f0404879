//! All tokens of an index that are alike to a word at all, with the likeness of the definition.

use std::cell::OnceCell;
use std::cmp::Reverse;

use crate::edit::Pattern;
use crate::index::arrays::skeleton_of;
use crate::index::dictionary::FinderSpace;
use crate::index::view::{Grouped, View};
use crate::letters::Letters;
use crate::name::{Kind, Token, TokenKey};
use crate::similarity::{
    most_alike_sound, most_alike_spelling, phonetic_similarity, similarity_with,
    written_similarity, INITIAL, PHONETIC, ROMANISED_SAME,
};
use crate::skeleton::Heard;
use crate::tables::{ONE, TABLES, VARIANT_WORD};

/// A word of a probe with its prepared patterns.
pub struct ProbeToken {
    /// The word.
    pub token: Token,
    /// Its written and its phonetic form; most words are never compared one by one.
    patterns: OnceCell<(Pattern, Pattern)>,
}

impl ProbeToken {
    /// Prepares a token.
    pub fn new(token: Token) -> ProbeToken {
        ProbeToken { token, patterns: OnceCell::new() }
    }

    /// Likeness to another token.
    pub fn similarity(&self, other: &Token) -> u32 {
        let (written, sound) = self.patterns.get_or_init(|| {
            (Pattern::new(&self.token.key.letters), Pattern::new(&self.token.phonetic))
        });
        similarity_with(&self.token, written, sound, other).0
    }
}

/// Tokens alike to a word, and how many postings they have.
#[derive(Default)]
pub struct Neighbours {
    /// Token, similarity and weight; ascending by token.
    pub near: Vec<Neighbour>,
    /// Postings of all of them.
    pub volume: u32,
}

/// A token alike to a word.
#[derive(Clone, Copy)]
pub struct Neighbour {
    /// Its number in the index.
    pub token: u32,
    /// Above 0, up to `ONE`.
    pub similarity: u32,
    /// Its weight.
    pub weight: u32,
}

/// Finds the neighbours of a word or number; an initial has all words of its letter, which is not a
/// list worth making: see `search`.
///
/// Likeness is the greatest of several, and each has its own finder that knows it already.
pub fn neighbours(view: &View<'_>, probe: &Token, space: &mut FinderSpace) -> Neighbours {
    let mut alike: Vec<(u32, u32)> = Vec::with_capacity(64);
    same_letters(view, probe, &mut alike);
    if probe.kind == Kind::Word {
        by_meaning(view, probe, &mut alike);
        by_letters(view, probe, space, &mut alike);
        across_scripts(view, probe, space, &mut alike);
    }
    alike.sort_unstable_by_key(|&(token, similarity)| (token, Reverse(similarity)));
    alike.dedup_by_key(|&mut (token, _)| token);
    let mut found = Neighbours { near: Vec::with_capacity(alike.len()), volume: 0 };
    for (token, similarity) in alike {
        if similarity > 0 {
            let weight = view.weight(token);
            found.near.push(Neighbour { token, similarity, weight });
            found.volume += view.postings(token).len() as u32;
        }
    }
    found
}

fn same_letters(view: &View<'_>, probe: &Token, alike: &mut Vec<(u32, u32)>) {
    for is_romanised in [false, true] {
        let key = TokenKey { letters: probe.key.letters, is_romanised };
        let is_same = is_romanised == probe.key.is_romanised;
        let similarity = if is_same { ONE } else { ROMANISED_SAME };
        alike.extend(view.lookup(&key).map(|token| (token, similarity)));
    }
}

/// The word's initial, and the words that a table joins to it.
fn by_meaning(view: &View<'_>, probe: &Token, alike: &mut Vec<(u32, u32)>) {
    let mut add = |letters: Letters, similarity: u32| {
        for is_romanised in [false, true] {
            let token = view.lookup(&TokenKey { letters, is_romanised });
            alike.extend(token.map(|token| (token, similarity)));
        }
    };
    let letters = probe.key.letters;
    add(Letters::new(letters.get(..1).unwrap_or(&[])), INITIAL);
    for (variant, similarity) in TABLES.variants(&letters) {
        if Kind::of(variant) == Kind::Word {
            add(*variant, similarity);
        }
    }
}

fn by_letters(
    view: &View<'_>,
    probe: &Token,
    space: &mut FinderSpace,
    alike: &mut Vec<(u32, u32)>,
) {
    let letters = &probe.key.letters;
    view.words.find(letters, space, |word, distance| {
        if distance == 0 {
            return;
        }
        let similarity = written_similarity(letters, view.words.word(word), distance);
        alike.push((word, similarity));
    });
    let sounds = &view.sounds;
    sounds.forms.find(&probe.phonetic, space, |form, distance| {
        let length = sounds.forms.word(form).len();
        let similarity = phonetic_similarity(probe.phonetic.len(), length, distance);
        alike.extend(sounds.members(form).iter().map(|&word| (word, similarity)));
    });
}

/// A bound on the likeness of a word to any word of the index that has other letters, at less cost
/// than listing its neighbours.
pub fn most_alike(view: &View<'_>, probe: &Token, space: &mut FinderSpace) -> u32 {
    match probe.kind {
        Kind::Number => return 0,
        Kind::Initial => return INITIAL,
        Kind::Word => {}
    }
    let spelling = most_alike_spelling(probe.key.letters.len());
    if probe.key.is_romanised || has_same_sound(view, probe) {
        // An edit in a very long word leaves more than the same sound does.
        return spelling.max(PHONETIC);
    }
    let sound = most_alike_sound(probe.phonetic.len());
    let variant = if probe.has_variants { VARIANT_WORD } else { INITIAL };
    spelling.max(sound).max(variant).max(most_alike_across(view, probe, space))
}

fn has_same_sound(view: &View<'_>, probe: &Token) -> bool {
    view.sounds.forms.position(&probe.phonetic).is_some_and(|form| {
        let own = view.lookup(&probe.key);
        view.sounds.members(form).iter().any(|&word| Some(word) != own)
    })
}

/// The greatest likeness of a Latin word to the romanised words of the index.
fn most_alike_across(view: &View<'_>, probe: &Token, space: &mut FinderSpace) -> u32 {
    let keys = &view.roman_keys;
    let letters = &probe.key.letters;
    let heard = Heard::of(letters);
    let mut most = 0;
    keys.forms.find(&skeleton_of(letters), space, |form, _| {
        for &word in keys.members(form) {
            most = most.max(heard.similarity_within_budget(view.words.word(word)));
        }
    });
    most.min(PHONETIC)
}

fn across_scripts(
    view: &View<'_>,
    probe: &Token,
    space: &mut FinderSpace,
    alike: &mut Vec<(u32, u32)>,
) {
    let letters = &probe.key.letters;
    let key = skeleton_of(letters);
    let heard = Heard::of(letters);
    let mut add = |keys: &Grouped<'_>| {
        keys.forms.find(&key, space, |form, _| {
            for &word in keys.members(form) {
                let other = view.words.word(word);
                alike.push((word, heard.similarity_within_budget(other).min(PHONETIC)));
            }
        });
    };
    add(&view.roman_keys);
    if probe.key.is_romanised {
        add(&view.latin_keys);
    }
}
