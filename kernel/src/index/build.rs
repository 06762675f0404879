//! Builds an index file from records: vocabulary, finders, rows by weight, postings, owners.

use std::path::Path;

use crate::edit::{budget_phonetic, budget_written};
use crate::error::KernelError;
use crate::index::dictionary::{build_dictionary, Budget, DictionaryArrays};
use crate::index::format::{Section, Writer};
use crate::index::view::{RECORD_INTEGERS, TOKEN_HAS_VARIANTS, TOKEN_ROMANISED};
use crate::letters::{hash, Letters, WordMap};
use crate::name::{analyse, Group, Kind, Reading, Token, TokenKey};
use crate::similarity::glued_sound;
use crate::skeleton::{budget_skeleton, skeleton};
use crate::tables::TABLES;

/// A listing with its intervals and names, as the index takes it.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// What an answer shows of it; the index does not look inside.
    pub payload: Vec<u8>,
    /// The kind of party, if it is certain.
    pub group: Option<Group>,
    /// First day in force and first day after it, in days since 1970-01-01.
    pub valid: (i32, i32),
    /// First second known and first second after it, in seconds since 1970-01-01.
    pub known: (i64, i64),
    /// Spans of stated birth dates, each as (first, last) in the form 19700131; 0 where unknown.
    pub births: Vec<(u32, u32)>,
    /// All names.
    pub names: Vec<String>,
}

/// Counts of a finished index.
#[derive(Clone, Copy, Debug)]
pub struct Built {
    /// Records added.
    pub records: usize,
    /// Names added.
    pub names: usize,
    /// Names of which more was written than is compared.
    pub names_cut: usize,
    /// Names in which no letter was legible.
    pub names_empty: usize,
    /// Distinct rows of words.
    pub rows: usize,
    /// Distinct words.
    pub tokens: usize,
    /// Length of the file in bytes.
    pub bytes: u64,
}

/// Collects records.
#[derive(Default)]
pub struct Builder {
    token_ids: WordMap<TokenKey, u32>,
    tokens: Vec<Token>,
    row_ids: WordMap<(Box<[u32]>, u32), u32>,
    owners: Vec<(u32, u32, u32)>,
    births: Vec<(u32, u32)>,
    record_info: Vec<u32>,
    record_birth_starts: Vec<u32>,
    record_births: Vec<u32>,
    payload_starts: Vec<u32>,
    payloads: Vec<u8>,
    records: usize,
    names: usize,
    names_cut: usize,
    names_empty: usize,
}

impl Builder {
    /// Adds a record.
    pub fn add(&mut self, record: &Record) -> Result<(), KernelError> {
        let number = u32::try_from(self.records).map_err(|_| too_many("records"))?;
        let start = u32::try_from(self.payloads.len()).map_err(|_| too_many("payload bytes"))?;
        self.payload_starts.push(start);
        self.payloads.extend_from_slice(&record.payload);
        self.record_birth_starts.push(self.record_births.len() as u32);
        for &(first, last) in &record.births {
            self.record_births.extend([first, last]);
        }
        let (known_from, known_until) = (record.known.0 as u64, record.known.1 as u64);
        self.record_info.extend([
            record.valid.0 as u32,
            record.valid.1 as u32,
            known_from as u32,
            (known_from >> 32) as u32,
            known_until as u32,
            (known_until >> 32) as u32,
        ]);
        for (place, text) in record.names.iter().enumerate() {
            self.add_name(record, number, place as u32, text);
        }
        self.records += 1;
        Ok(())
    }

    fn add_name(&mut self, record: &Record, number: u32, place: u32, text: &str) {
        let name = analyse(text, record.group);
        self.names += 1;
        self.names_cut += usize::from(name.is_cut);
        self.names_empty += usize::from(name.readings.is_empty());
        for reading in &name.readings {
            let row = self.row(reading);
            self.owners.push((row, number, place));
            for &(first, last) in &record.births {
                if first == last && first % 100 != 0 {
                    self.births.push((first, row));
                }
            }
        }
    }

    fn row(&mut self, reading: &Reading) -> u32 {
        let mut ids = Vec::with_capacity(reading.tokens.len());
        for token in &reading.tokens {
            let next = self.tokens.len() as u32;
            let id = *self.token_ids.entry(token.key).or_insert(next);
            if id == next {
                self.tokens.push(*token);
            }
            ids.push(id);
        }
        let next = self.row_ids.len() as u32;
        *self.row_ids.entry((ids.into_boxed_slice(), row_traits(reading))).or_insert(next)
    }

    /// Writes the index, with `about` as the caller's own description of it.
    pub fn finish(mut self, path: &Path, about: &[u8]) -> Result<Built, KernelError> {
        let mut writer = Writer::new();
        writer.bytes(Section::About, about.to_vec());
        writer.bytes(Section::Tables, TABLES.sha256.as_bytes().to_vec());
        self.payload_starts
            .push(u32::try_from(self.payloads.len()).map_err(|_| too_many("bytes"))?);
        self.record_birth_starts.push(self.record_births.len() as u32);
        let order = self.write_vocabulary(&mut writer);
        let (rows, row_order) = self.sorted_rows(&order);
        write_rows(&mut writer, &rows, &self.tokens);
        self.write_owners(&mut writer, &row_order);
        debug_assert_eq!(self.record_info.len(), self.records * RECORD_INTEGERS);
        writer.integers(Section::RecordInfo, &self.record_info);
        writer.integers(Section::RecordBirthStarts, &self.record_birth_starts);
        writer.integers(Section::RecordBirths, &self.record_births);
        writer.integers(Section::PayloadStarts, &self.payload_starts);
        writer.bytes(Section::Payloads, self.payloads);
        Ok(Built {
            records: self.records,
            names: self.names,
            names_cut: self.names_cut,
            names_empty: self.names_empty,
            rows: rows.len(),
            tokens: self.tokens.len(),
            bytes: writer.write(path)?,
        })
    }

    /// Sorts the tokens, writes them, and says which new number each old one has.
    fn write_vocabulary(&mut self, writer: &mut Writer) -> Vec<u32> {
        let sort_key = |token: &Token| {
            (token.kind, token.key.letters.len(), token.key.letters, token.key.is_romanised)
        };
        let mut sorted: Vec<u32> = (0..self.tokens.len() as u32).collect();
        sorted.sort_unstable_by_key(|&old| self.tokens.get(old as usize).map(sort_key));
        let mut order = vec![0; sorted.len()];
        let mut tokens = Vec::with_capacity(sorted.len());
        for (new, &old) in sorted.iter().enumerate() {
            if let (Some(place), Some(token)) =
                (order.get_mut(old as usize), self.tokens.get(old as usize))
            {
                *place = new as u32;
                tokens.push(*token);
            }
        }
        self.tokens = tokens;
        let words = self.tokens.partition_point(|token| token.kind == Kind::Word);
        let (words, others) = self.tokens.split_at(words);
        write_words(writer, words);
        write_others(writer, others);
        write_token_hash(writer, &self.tokens);
        order
    }

    /// Rows by weight, each as new token numbers and traits; and the new number of each old row.
    fn sorted_rows(&mut self, order: &[u32]) -> (Vec<Row>, Vec<u32>) {
        let weight_of = |token: u32| self.tokens.get(token as usize).map_or(0, |t| t.weight);
        let mut rows: Vec<(Row, u32)> = std::mem::take(&mut self.row_ids)
            .into_iter()
            .map(|((old_tokens, traits), old)| {
                let tokens: Vec<u32> = old_tokens
                    .iter()
                    .map(|&token| order.get(token as usize).copied().unwrap_or(0))
                    .collect();
                let weight = tokens.iter().map(|&token| weight_of(token)).sum();
                (Row { weight, tokens, traits }, old)
            })
            .collect();
        rows.sort_unstable_by(|(a, _), (b, _)| {
            (a.weight, &a.tokens, a.traits).cmp(&(b.weight, &b.tokens, b.traits))
        });
        let mut row_order = vec![0; rows.len()];
        for (new, (_, old)) in rows.iter().enumerate() {
            if let Some(place) = row_order.get_mut(*old as usize) {
                *place = new as u32;
            }
        }
        (rows.into_iter().map(|(row, _)| row).collect(), row_order)
    }

    fn write_owners(&mut self, writer: &mut Writer, row_order: &[u32]) {
        let new_row = |old: u32| row_order.get(old as usize).copied().unwrap_or(0);
        for (row, _, _) in &mut self.owners {
            *row = new_row(*row);
        }
        self.owners.sort_unstable();
        self.owners.dedup();
        let rows: Vec<u32> = self.owners.iter().map(|owner| owner.0).collect();
        writer.integers(Section::OwnerStarts, &starts(&rows, row_order.len()));
        let owners: Vec<u32> = self.owners.iter().flat_map(|owner| [owner.1, owner.2]).collect();
        writer.integers(Section::Owners, &owners);
        for (_, row) in &mut self.births {
            *row = new_row(*row);
        }
        self.births.sort_unstable();
        self.births.dedup();
        let (days, rows): (Vec<u32>, Vec<u32>) = self.births.iter().copied().unzip();
        writer.integers(Section::BirthDays, &days);
        writer.integers(Section::BirthRows, &rows);
    }
}

struct Row {
    weight: u32,
    tokens: Vec<u32>,
    traits: u32,
}

fn too_many(what: &'static str) -> KernelError {
    KernelError::TooMany { what }
}

/// Group in the low byte, legal class plus one in the next.
fn row_traits(reading: &Reading) -> u32 {
    reading.group as u32 | reading.legal.map_or(0, |class| u32::from(class) + 1) << 8
}

/// For sorted numbers below `count`: where each number's run starts, and one past the last.
fn starts(sorted: &[u32], count: usize) -> Vec<u32> {
    let mut starts = vec![0; count + 1];
    for &number in sorted {
        if let Some(place) = starts.get_mut(number as usize + 1) {
            *place += 1;
        }
    }
    let mut sum = 0;
    for place in &mut starts {
        sum += *place;
        *place = sum;
    }
    starts
}

fn write_words(writer: &mut Writer, words: &[Token]) {
    let letters: Vec<Letters> = words.iter().map(|token| token.key.letters).collect();
    write_dictionary(
        writer,
        Section::WordBytes,
        &build_dictionary(&as_slices(&letters), budget_written),
    );
    let sounds: Vec<(Letters, u32)> =
        words.iter().enumerate().map(|(number, token)| (token.phonetic, number as u32)).collect();
    let sound_numbers = write_grouped(writer, Section::SoundBytes, sounds, budget_phonetic);
    let by_key = |is_romanised: bool| -> Vec<(Letters, u32)> {
        let tokens = words.iter().enumerate();
        tokens
            .filter(|(_, token)| token.key.is_romanised == is_romanised)
            .map(|(number, token)| (skeleton_of(&token.key.letters), number as u32))
            .collect()
    };
    write_grouped(writer, Section::LatinKeyBytes, by_key(false), budget_skeleton);
    write_grouped(writer, Section::RomanKeyBytes, by_key(true), budget_skeleton);
    let mut sound_of = vec![0u32; words.len()];
    for (word, sound) in sound_numbers {
        if let Some(place) = sound_of.get_mut(word as usize) {
            *place = sound;
        }
    }
    let info: Vec<u32> = words
        .iter()
        .zip(&sound_of)
        .flat_map(|(token, &sound)| [token_flags(token), sound])
        .collect();
    writer.integers(Section::TokenInfo, &info);
}

fn token_flags(token: &Token) -> u32 {
    let flag = |is_set: bool, flag: u32| if is_set { flag } else { 0 };
    token.weight
        | flag(token.key.is_romanised, TOKEN_ROMANISED)
        | flag(token.has_variants, TOKEN_HAS_VARIANTS)
}

/// The skeleton of a word as letters in place.
pub fn skeleton_of(word: &[u8]) -> Letters {
    let mut key = Vec::with_capacity(word.len());
    skeleton(word, &mut key);
    Letters::new(&key)
}

fn as_slices(words: &[Letters]) -> Vec<&[u8]> {
    words.iter().map(|word| &word[..]).collect()
}

/// Writes a dictionary of forms and the words of each form; returns (word, number of its form).
fn write_grouped(
    writer: &mut Writer,
    first: Section,
    mut forms: Vec<(Letters, u32)>,
    budget: Budget,
) -> Vec<(u32, u32)> {
    forms.sort_unstable_by_key(|&(form, word)| (form.len(), form, word));
    let mut distinct: Vec<Letters> = Vec::new();
    let mut numbered = Vec::with_capacity(forms.len());
    for &(form, word) in &forms {
        if distinct.last() != Some(&form) {
            distinct.push(form);
        }
        numbered.push((word, distinct.len() as u32 - 1));
    }
    write_dictionary(writer, first, &build_dictionary(&as_slices(&distinct), budget));
    let form_numbers: Vec<u32> = numbered.iter().map(|&(_, form)| form).collect();
    writer.integers(after(first, 6), &starts(&form_numbers, distinct.len()));
    let members: Vec<u32> = numbered.iter().map(|&(word, _)| word).collect();
    writer.integers(after(first, 7), &members);
    numbered
}

fn after(first: Section, places: usize) -> Section {
    Section::ALL.get(first as usize + places).copied().unwrap_or(first)
}

fn write_dictionary(writer: &mut Writer, first: Section, arrays: &DictionaryArrays) {
    writer.bytes(first, arrays.bytes.clone());
    writer.integers(after(first, 1), &arrays.starts);
    writer.integers(after(first, 2), &arrays.first_of_length);
    writer.integers(after(first, 3), &arrays.bags);
    writer.integers(after(first, 4), &arrays.buckets);
    writer.integers(after(first, 5), &arrays.deletes);
}

fn write_others(writer: &mut Writer, others: &[Token]) {
    let (mut bytes, mut starts) = (Vec::new(), vec![0u32]);
    let mut info = Vec::with_capacity(2 * others.len());
    for token in others {
        bytes.extend_from_slice(&token.key.letters);
        starts.push(bytes.len() as u32);
        info.extend([token_flags(token), token.kind as u32]);
    }
    writer.bytes(Section::OtherBytes, bytes);
    writer.integers(Section::OtherStarts, &starts);
    writer.extend_integers(Section::TokenInfo, &info);
}

/// The hash by which a token is looked up.
pub fn token_hash(key: &TokenKey) -> u64 {
    hash(&key.letters) ^ u64::from(key.is_romanised)
}

fn write_token_hash(writer: &mut Writer, tokens: &[Token]) {
    let slots = (2 * tokens.len()).next_power_of_two().max(16);
    let mut table = vec![u32::MAX; slots];
    for (number, token) in tokens.iter().enumerate() {
        let mut slot = token_hash(&token.key) as usize & (slots - 1);
        while table.get(slot).is_some_and(|&taken| taken != u32::MAX) {
            slot = (slot + 1) & (slots - 1);
        }
        if let Some(place) = table.get_mut(slot) {
            *place = number as u32;
        }
    }
    writer.integers(Section::TokenHash, &table);
}

fn write_rows(writer: &mut Writer, rows: &[Row], tokens: &[Token]) {
    let (mut row_starts, mut row_tokens) = (vec![0u32], Vec::new());
    let mut postings: Vec<(u32, u32)> = Vec::new();
    let mut pairs: Vec<(u32, u32, u32)> = Vec::new();
    for (number, row) in rows.iter().enumerate() {
        let number = number as u32;
        row_tokens.extend_from_slice(&row.tokens);
        row_starts.push(row_tokens.len() as u32);
        postings.extend(row.tokens.iter().map(|&token| (token, number)));
        for (place, pair) in row.tokens.windows(2).enumerate() {
            let token = |at: usize| pair.get(at).and_then(|&token| tokens.get(token as usize));
            if let (Some(first), Some(second)) = (token(0), token(1)) {
                if let Some(sound) = glued_sound(first, second) {
                    pairs.push(((hash(&sound) >> 32) as u32, number, place as u32));
                }
            }
        }
    }
    postings.sort_unstable();
    postings.dedup();
    pairs.sort_unstable();
    writer.integers(Section::RowStarts, &row_starts);
    writer.integers(Section::RowTokens, &row_tokens);
    writer.integers(Section::RowWeights, &rows.iter().map(|row| row.weight).collect::<Vec<_>>());
    writer.integers(Section::RowTraits, &rows.iter().map(|row| row.traits).collect::<Vec<_>>());
    let posting_tokens: Vec<u32> = postings.iter().map(|posting| posting.0).collect();
    writer.integers(Section::PostingStarts, &starts(&posting_tokens, tokens.len()));
    writer.integers(Section::Postings, &postings.iter().map(|p| p.1).collect::<Vec<_>>());
    let buckets: Vec<u32> = pairs.iter().map(|pair| pair.0 >> 16).collect();
    writer.integers(Section::PairBuckets, &starts(&buckets, 1 << 16));
    writer.integers(Section::PairHashes, &pairs.iter().map(|pair| pair.0).collect::<Vec<_>>());
    writer.integers(Section::PairRows, &pairs.iter().map(|pair| pair.1).collect::<Vec<_>>());
    writer.bytes(Section::PairPlaces, pairs.iter().map(|pair| pair.2 as u8).collect());
}
