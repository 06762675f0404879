//! Builds an index file from records: vocabulary, finders, rows by weight, postings, owners.

use std::path::Path;

use crate::error::KernelError;
use crate::index::arrays::{starts, write_others, write_rows, write_token_hash, write_words, Row};
use crate::index::format::{Section, Writer};
use crate::index::view::RECORD_INTEGERS;
use crate::letters::WordMap;
use crate::name::{analyse, Group, Kind, Reading, Token, TokenKey};
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
    /// First moment known and first moment after it, in microseconds since 1970-01-01.
    pub known: (i64, i64),
    /// Spans of stated birth dates, each as (first, last) in the form 19700131; 0 where unknown.
    pub births: Vec<(u32, u32)>,
    /// All names.
    pub names: Vec<String>,
}

/// The names of one record that cannot be compared as they are written, by their places.
#[derive(Clone, Debug, Default)]
pub struct Limits {
    /// More is written than is compared.
    pub cut: Vec<u32>,
    /// No letter is legible.
    pub empty: Vec<u32>,
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
    pub fn add(&mut self, record: &Record) -> Result<Limits, KernelError> {
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
        let mut limits = Limits::default();
        for (place, text) in record.names.iter().enumerate() {
            self.add_name(record, number, place as u32, text, &mut limits);
        }
        self.records += 1;
        self.names_cut += limits.cut.len();
        self.names_empty += limits.empty.len();
        Ok(limits)
    }

    fn add_name(
        &mut self,
        record: &Record,
        number: u32,
        place: u32,
        text: &str,
        limits: &mut Limits,
    ) {
        let name = analyse(text, record.group);
        self.names += 1;
        if name.is_cut {
            limits.cut.push(place);
        }
        if name.readings.is_empty() {
            limits.empty.push(place);
        }
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

fn too_many(what: &'static str) -> KernelError {
    KernelError::TooMany { what }
}

/// Group in the low byte, legal class plus one in the next.
fn row_traits(reading: &Reading) -> u32 {
    reading.group as u32 | reading.legal.map_or(0, |class| u32::from(class) + 1) << 8
}
