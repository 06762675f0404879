//! An opened index seen as its arrays, and the questions that they answer directly.
//!
//! The file fitted its checksums when it was opened. All reads are bounds-checked all the same, and one
//! that goes astray in rows, postings, owners or records marks the index as damaged.

use std::cell::Cell;

use crate::edit::{budget_phonetic, budget_written};
use crate::index::arrays::token_hash;
use crate::index::dictionary::{Budget, Dictionary};
use crate::index::format::{Layout, Section};
use crate::letters::Letters;
use crate::name::{Group, Kind, Reading, Token, TokenKey, TOKENS_MAX};
use crate::phonetic::phonetic;
use crate::skeleton::budget_skeleton;

/// Flag of a romanised token, above its weight.
pub const TOKEN_ROMANISED: u32 = 1 << 16;
/// Flag of a token that a table joins to others.
pub const TOKEN_HAS_VARIANTS: u32 = 1 << 17;
/// Integers that describe a record.
pub const RECORD_INTEGERS: usize = 6;

/// A dictionary of forms and the words that have each form.
#[derive(Clone, Copy)]
pub struct Grouped<'a> {
    /// The forms.
    pub forms: Dictionary<'a>,
    starts: &'a [u32],
    members: &'a [u32],
}

impl<'a> Grouped<'a> {
    /// The words of a form.
    pub fn members(&self, form: u32) -> &'a [u32] {
        run(self.starts, self.members, form).unwrap_or(&[])
    }
}

fn run<'a>(starts: &[u32], items: &'a [u32], number: u32) -> Option<&'a [u32]> {
    let number = number as usize;
    match starts.get(number..number.checked_add(2)?) {
        Some(&[start, end]) => items.get(start as usize..end as usize),
        _ => None,
    }
}

/// An index, ready to be asked by one thread.
pub struct View<'a> {
    /// Tokens of two letters or more; their numbers are the tokens' numbers.
    pub words: Dictionary<'a>,
    /// Phonetic forms.
    pub sounds: Grouped<'a>,
    /// Skeletons of Latin words.
    pub latin_keys: Grouped<'a>,
    /// Skeletons of romanised words.
    pub roman_keys: Grouped<'a>,
    other_bytes: &'a [u8],
    other_starts: &'a [u32],
    token_info: &'a [u32],
    token_table: &'a [u32],
    row_starts: &'a [u32],
    row_tokens: &'a [u32],
    /// Total weight of each row, ascending.
    pub row_weights: &'a [u32],
    row_traits: &'a [u32],
    posting_starts: &'a [u32],
    postings: &'a [u32],
    pair_buckets: &'a [u32],
    pair_hashes: &'a [u32],
    pair_rows: &'a [u32],
    pair_places: &'a [u8],
    birth_days: &'a [u32],
    birth_rows: &'a [u32],
    owner_starts: &'a [u32],
    owners: &'a [u32],
    record_info: &'a [u32],
    record_birth_starts: &'a [u32],
    record_births: &'a [u32],
    damage: Cell<bool>,
}

impl<'a> View<'a> {
    /// Looks at an opened file.
    pub fn new(layout: &'a Layout) -> View<'a> {
        let integers = |section| layout.integers(section);
        View {
            words: dictionary(layout, Section::WordBytes, budget_written),
            sounds: grouped(layout, Section::SoundBytes, budget_phonetic),
            latin_keys: grouped(layout, Section::LatinKeyBytes, budget_skeleton),
            roman_keys: grouped(layout, Section::RomanKeyBytes, budget_skeleton),
            other_bytes: layout.bytes(Section::OtherBytes),
            other_starts: integers(Section::OtherStarts),
            token_info: integers(Section::TokenInfo),
            token_table: integers(Section::TokenHash),
            row_starts: integers(Section::RowStarts),
            row_tokens: integers(Section::RowTokens),
            row_weights: integers(Section::RowWeights),
            row_traits: integers(Section::RowTraits),
            posting_starts: integers(Section::PostingStarts),
            postings: integers(Section::Postings),
            pair_buckets: integers(Section::PairBuckets),
            pair_hashes: integers(Section::PairHashes),
            pair_rows: integers(Section::PairRows),
            pair_places: layout.bytes(Section::PairPlaces),
            birth_days: integers(Section::BirthDays),
            birth_rows: integers(Section::BirthRows),
            owner_starts: integers(Section::OwnerStarts),
            owners: integers(Section::Owners),
            record_info: integers(Section::RecordInfo),
            record_birth_starts: integers(Section::RecordBirthStarts),
            record_births: integers(Section::RecordBirths),
            damage: Cell::new(false),
        }
    }

    /// True if a read went astray, so that no answer from this view may be used.
    pub fn is_damaged(&self) -> bool {
        self.damage.get()
    }

    fn checked<T: Default>(&self, found: Option<T>) -> T {
        found.unwrap_or_else(|| {
            self.damage.set(true);
            T::default()
        })
    }

    /// Number of rows.
    pub fn rows(&self) -> u32 {
        self.row_weights.len() as u32
    }

    /// The first row heavier than a weight: rows below it weigh that much at most.
    pub fn rows_up_to(&self, weight: i64) -> u32 {
        self.row_weights.partition_point(|&row| i64::from(row) <= weight) as u32
    }

    /// The tokens of a row.
    #[inline]
    pub fn row(&self, row: u32) -> &'a [u32] {
        let tokens = run(self.row_starts, self.row_tokens, row);
        self.checked(tokens.filter(|tokens| tokens.len() <= TOKENS_MAX))
    }

    /// The total weight of a row.
    #[inline]
    pub fn row_weight(&self, row: u32) -> u32 {
        self.checked(self.row_weights.get(row as usize).copied())
    }

    /// The group of a row, as a number.
    #[inline]
    pub fn row_group(&self, row: u32) -> u32 {
        self.checked(self.row_traits.get(row as usize).copied()) & 0xff
    }

    /// The rows that hold a token, ascending.
    #[inline]
    pub fn postings(&self, token: u32) -> &'a [u32] {
        self.checked(run(self.posting_starts, self.postings, token))
    }

    /// The weight of a token.
    #[inline]
    pub fn weight(&self, token: u32) -> u32 {
        self.checked(self.token_info.get(2 * token as usize).copied()) & 0xffff
    }

    fn letters(&self, token: u32) -> &'a [u8] {
        let words = self.words.len() as u32;
        if token < words {
            return self.words.word(token);
        }
        let other = (token - words) as usize;
        let found = match self.other_starts.get(other..other + 2) {
            Some(&[start, end]) => self.other_bytes.get(start as usize..end as usize),
            _ => None,
        };
        self.checked(found)
    }

    /// A token with everything that comparing it needs.
    pub fn token(&self, number: u32) -> Token {
        let letters = Letters::new(self.letters(number));
        let info = self.checked(self.token_info.get(2 * number as usize..2 * number as usize + 2));
        let &[flags, detail] = info else {
            return Token::new(TokenKey { letters, is_romanised: false });
        };
        let key = TokenKey { letters, is_romanised: flags & TOKEN_ROMANISED != 0 };
        let is_word = (number as usize) < self.words.len();
        let (kind, sound) = match detail {
            _ if is_word => (Kind::Word, Letters::new(self.sounds.forms.word(detail))),
            1 => (Kind::Initial, phonetic(&letters)),
            _ => (Kind::Number, phonetic(&letters)),
        };
        Token {
            key,
            phonetic: sound,
            kind,
            weight: flags & 0xffff,
            has_variants: flags & TOKEN_HAS_VARIANTS != 0,
        }
    }

    /// The reading that a row was made of.
    pub fn reading(&self, row: u32) -> Reading {
        let traits = self.checked(self.row_traits.get(row as usize).copied());
        let group = Group::ALL.get((traits & 0xff) as usize).copied();
        Reading {
            tokens: self.row(row).iter().map(|&token| self.token(token)).collect(),
            legal: u8::try_from(traits >> 8).ok().and_then(|class| class.checked_sub(1)),
            group: group.unwrap_or(Group::Thing),
        }
    }

    /// The number of a token, if any row has it.
    pub fn lookup(&self, key: &TokenKey) -> Option<u32> {
        let mask = self.token_table.len().checked_sub(1)?;
        let mut slot = token_hash(key) as usize & mask;
        for _ in 0..=mask {
            let token = self.checked(self.token_table.get(slot).copied());
            if token == u32::MAX {
                return None;
            }
            let flags = self.checked(self.token_info.get(2 * token as usize).copied());
            let is_romanised = flags & TOKEN_ROMANISED != 0;
            if is_romanised == key.is_romanised && self.letters(token) == &key.letters[..] {
                return Some(token);
            }
            slot = (slot + 1) & mask;
        }
        None
    }

    /// The rows and places where two neighbouring tokens have this hash of their glued sound.
    pub fn pairs(&self, hash: u32, mut found: impl FnMut(u32, u8)) {
        let bucket = (hash >> 16) as usize;
        let Some(&[start, end]) = self.pair_buckets.get(bucket..bucket + 2) else {
            return self.checked(None);
        };
        let hashes = self.checked(self.pair_hashes.get(start as usize..end as usize));
        let skip = hashes.partition_point(|&other| other < hash);
        let equal = hashes.iter().skip(skip).take_while(|&&other| other == hash).count();
        for at in start as usize + skip..start as usize + skip + equal {
            let row = self.checked(self.pair_rows.get(at).copied());
            found(row, self.checked(self.pair_places.get(at).copied()));
        }
    }

    /// The rows of records with exactly this day of birth.
    pub fn born_on(&self, day: u32) -> &'a [u32] {
        let start = self.birth_days.partition_point(|&other| other < day);
        let end = self.birth_days.partition_point(|&other| other <= day);
        self.checked(self.birth_rows.get(start..end))
    }

    /// The records and places of names that have this row, as (record, place) pairs in a row.
    pub fn owners(&self, row: u32) -> &'a [u32] {
        let row = row as usize;
        let found = match self.owner_starts.get(row..row + 2) {
            Some(&[start, end]) => self.owners.get(2 * start as usize..2 * end as usize),
            _ => None,
        };
        self.checked(found)
    }

    /// True if a record is in force on one of the days and known at a moment.
    pub fn holds(&self, record: u32, days: (i32, i32), moment: Option<i64>) -> bool {
        let start = RECORD_INTEGERS * record as usize;
        let info = self.checked(self.record_info.get(start..start + RECORD_INTEGERS));
        let &[from, until, from_low, from_high, until_low, until_high] = info else {
            return false;
        };
        let long = |low: u32, high: u32| (u64::from(low) | u64::from(high) << 32) as i64;
        let in_force = days.0.max(from as i32) < days.1.min(until as i32);
        // Without a moment: what is known now, as far as this index tells.
        let until_known = long(until_low, until_high);
        let is_known = match moment {
            Some(moment) => (long(from_low, from_high)..until_known).contains(&moment),
            None => until_known == i64::MAX,
        };
        in_force && is_known
    }

    /// The stated birth dates of a record as (first, last) pairs in a row.
    pub fn births(&self, record: u32) -> &'a [u32] {
        let record = record as usize;
        let found = match self.record_birth_starts.get(record..record + 2) {
            Some(&[start, end]) => self.record_births.get(start as usize..end as usize),
            _ => None,
        };
        self.checked(found)
    }
}

fn dictionary(layout: &Layout, first: Section, budget: Budget) -> Dictionary<'_> {
    let integers = |places: usize| {
        let section = Section::ALL.get(first as usize + places);
        section.map_or(&[][..], |&section| layout.integers(section))
    };
    Dictionary {
        bytes: layout.bytes(first),
        starts: integers(1),
        first_of_length: integers(2),
        bags: integers(3),
        buckets: integers(4),
        deletes: integers(5),
        filter: integers(6),
        budget,
    }
}

fn grouped(layout: &Layout, first: Section, budget: Budget) -> Grouped<'_> {
    let integers = |places: usize| {
        let section = Section::ALL.get(first as usize + places);
        section.map_or(&[][..], |&section| layout.integers(section))
    };
    Grouped { forms: dictionary(layout, first, budget), starts: integers(7), members: integers(8) }
}
