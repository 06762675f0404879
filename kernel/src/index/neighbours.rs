//! All tokens of an index that are alike to a word at all: finders propose, the definition decides.

use crate::edit::Pattern;
use crate::index::build::skeleton_of;
use crate::index::dictionary::FinderSpace;
use crate::index::view::View;
use crate::letters::Letters;
use crate::name::{Kind, Token, TokenKey};
use crate::similarity::similarity_with;
use crate::tables::TABLES;

/// A word of a probe with its prepared patterns.
pub struct ProbeToken {
    /// The word.
    pub token: Token,
    /// Its written form, prepared for distances.
    pub pattern: Pattern,
    /// Its phonetic form, prepared for distances.
    pub sound: Pattern,
}

impl ProbeToken {
    /// Prepares a token.
    pub fn new(token: Token) -> ProbeToken {
        ProbeToken {
            pattern: Pattern::new(&token.key.letters),
            sound: Pattern::new(&token.phonetic),
            token,
        }
    }

    /// Likeness to another token.
    pub fn similarity(&self, other: &Token) -> u32 {
        similarity_with(&self.token, &self.pattern, &self.sound, other).0
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
pub fn neighbours(view: &View<'_>, probe: &ProbeToken, space: &mut FinderSpace) -> Neighbours {
    let mut proposed: Vec<u32> = Vec::with_capacity(32);
    propose(view, &probe.token, space, &mut proposed);
    proposed.sort_unstable();
    proposed.dedup();
    let mut found = Neighbours {
        near: Vec::with_capacity(proposed.len()),
        volume: 0,
    };
    for token in proposed {
        let other = view.token(token);
        let similarity = probe.similarity(&other);
        if similarity > 0 {
            found.near.push(Neighbour {
                token,
                similarity,
                weight: other.weight,
            });
            found.volume += view.postings(token).len() as u32;
        }
    }
    found
}

fn propose(view: &View<'_>, token: &Token, space: &mut FinderSpace, proposed: &mut Vec<u32>) {
    let letters = token.key.letters;
    both_scripts(view, letters, proposed);
    if token.kind != Kind::Word {
        return;
    }
    both_scripts(
        view,
        Letters::new(letters.get(..1).unwrap_or(&[])),
        proposed,
    );
    for (variant, _) in TABLES.variants(&letters) {
        both_scripts(view, *variant, proposed);
    }
    view.words
        .find(&letters, space, |word, _| proposed.push(word));
    view.sounds.forms.find(&token.phonetic, space, |form, _| {
        proposed.extend_from_slice(view.sounds.members(form));
    });
    let key = skeleton_of(&letters);
    view.roman_keys.forms.find(&key, space, |form, _| {
        proposed.extend_from_slice(view.roman_keys.members(form));
    });
    if token.key.is_romanised {
        view.latin_keys.forms.find(&key, space, |form, _| {
            proposed.extend_from_slice(view.latin_keys.members(form));
        });
    }
}

fn both_scripts(view: &View<'_>, letters: Letters, proposed: &mut Vec<u32>) {
    for is_romanised in [false, true] {
        proposed.extend(view.lookup(&TokenKey {
            letters,
            is_romanised,
        }));
    }
}
