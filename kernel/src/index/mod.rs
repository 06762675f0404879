//! The name index: one immutable file, many queries in, matches out.

pub mod arrays;
pub mod build;
pub mod counters;
pub mod dictionary;
pub mod format;
pub mod neighbours;
pub mod scoring;
pub mod search;
pub mod space;
pub mod view;

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use crate::align::{Costs, SCORE_ONE};
use crate::birth::{compare_births, lowest_name_score, with_births, BirthEvidence};
use crate::error::KernelError;
use crate::index::counters::Counters;
use crate::index::format::{Layout, Section};
use crate::index::scoring::score_rows;
use crate::index::search::{Hit, Search};
use crate::index::space::{CacheRoom, Space};
use crate::index::view::View;
use crate::name::{analyse, Group, Reading};
use crate::tables::TABLES;

/// Queries that a thread takes at a time.
pub const CHUNK: usize = 256;

/// Who is asked about.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// The name as given.
    pub name: String,
    /// The kind of party, if it is certain.
    pub group: Option<Group>,
    /// Birth dates as (first, last) in the form 19700131; 0 for unknown parts.
    pub births: Vec<(u32, u32)>,
}

/// How to search.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Least score, 1 to `SCORE_ONE`.
    pub threshold: u32,
    /// Days in force, on one of them at least: from the first until the second, which is no more
    /// among them, in days since 1970-01-01.
    pub days: (i32, i32),
    /// Moment known, in microseconds since 1970-01-01; the latest if absent.
    pub moment: Option<i64>,
    /// Score every row instead of using the index.
    pub is_exhaustive: bool,
    /// The probes are listed names and the index holds customers.
    pub is_reverse: bool,
    /// Keep lists of neighbours from query to query.
    pub use_cache: bool,
}

impl Settings {
    /// What words left over cost in this direction.
    pub fn costs(&self) -> Costs {
        if self.is_reverse {
            Costs::REVERSE
        } else {
            Costs::FORWARD
        }
    }
}

/// A record that resembles a query.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Found {
    /// Number of the record, in the order added.
    pub record: u32,
    /// Which of its names resembles the query most.
    pub name: u32,
    /// Score with all evidence, 1 to `SCORE_ONE`.
    pub score: u32,
    /// Score of the names alone.
    pub name_score: u32,
    /// What the birth dates say.
    pub births: BirthEvidence,
}

/// The answer to one query.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// The best first; equal scores by record.
    pub found: Vec<Found>,
    /// True if the query was longer than what is compared.
    pub is_cut: bool,
    /// True if no letter of the query was legible.
    pub is_empty: bool,
}

/// An open index.
pub struct Index {
    layout: Layout,
    /// As many as have ever searched at once.
    spaces: Mutex<Vec<Space>>,
    room: Arc<CacheRoom>,
}

impl Index {
    /// Opens an index file; all of it is read once and compared with its checksums.
    pub fn open(path: &Path) -> Result<Index, KernelError> {
        let layout = Layout::open(path)?;
        if layout.bytes(Section::Tables) != TABLES.sha256.as_bytes() {
            return Err(KernelError::OtherTables);
        }
        Ok(Index { layout, spaces: Mutex::new(Vec::new()), room: Arc::default() })
    }

    /// Compares the whole file with its checksums again, as it is now.
    pub fn verify(&self) -> Result<(), KernelError> {
        self.layout.verify()
    }

    /// The caller's description, as given when it was built.
    pub fn about(&self) -> &[u8] {
        self.layout.bytes(Section::About)
    }

    /// What a record carries.
    pub fn payload(&self, record: u32) -> &[u8] {
        let starts = self.layout.integers(Section::PayloadStarts);
        let record = record as usize;
        match starts.get(record..record + 2) {
            Some(&[start, end]) => {
                let payloads = self.layout.bytes(Section::Payloads);
                payloads.get(start as usize..end as usize).unwrap_or(&[])
            }
            _ => &[],
        }
    }

    /// Answers queries in their order, on all threads of the pool that calls. Outside a
    /// pool that is rayon's own one, whose threads a forked process lacks.
    pub fn search(
        &self,
        queries: &[Query],
        settings: Settings,
    ) -> Result<Vec<Answer>, KernelError> {
        if queries.len() <= CHUNK {
            return self.search_alone(queries, settings);
        }
        let chunks: Vec<Result<Vec<Answer>, KernelError>> =
            queries.par_chunks(CHUNK).map(|chunk| self.search_alone(chunk, settings)).collect();
        let mut answers = Vec::with_capacity(queries.len());
        for chunk in chunks {
            answers.extend(chunk?);
        }
        Ok(answers)
    }

    /// Answers queries in their order, on the calling thread.
    pub fn search_alone(
        &self,
        queries: &[Query],
        settings: Settings,
    ) -> Result<Vec<Answer>, KernelError> {
        let view = View::new(&self.layout);
        let kept = self.spaces.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut space = kept.unwrap_or_else(|| Space::new(&view, Arc::clone(&self.room)));
        space.use_cache = settings.use_cache;
        let answers: Vec<Answer> =
            queries.iter().map(|query| answer(&view, &mut space, query, settings)).collect();
        self.spaces.lock().unwrap_or_else(PoisonError::into_inner).push(space);
        if view.is_damaged() {
            return Err(KernelError::Damaged {
                what: "a section leads outside another".to_owned(),
            });
        }
        Ok(answers)
    }

    /// Work done by all searches since the index was opened.
    pub fn counters(&self) -> Counters {
        let spaces = self.spaces.lock().unwrap_or_else(PoisonError::into_inner);
        spaces.iter().fold(Counters::default(), |sum, space| sum + space.counters)
    }
}

fn answer(view: &View<'_>, space: &mut Space, query: &Query, settings: Settings) -> Answer {
    let name = analyse(&query.name, query.group);
    let mut best: HashMap<u32, Found> = HashMap::new();
    for readings in with_same_words(&name.readings) {
        for hit in rows_reaching(view, space, &readings, query, settings) {
            for owner in view.owners(hit.row).chunks_exact(2) {
                let &[record, place] = owner else { continue };
                if !view.holds(record, settings.days, settings.moment) {
                    continue;
                }
                let births = compare_births(&query.births, view.births(record));
                let score = with_births(hit.score, births);
                let found = Found { record, name: place, score, name_score: hit.score, births };
                if score >= settings.threshold {
                    let known = best.entry(record).or_insert(found);
                    let rank = |f: &Found| (f.score, std::cmp::Reverse(f.name), f.name_score);
                    if rank(&found) > rank(known) {
                        *known = found;
                    }
                }
            }
        }
    }
    let mut found: Vec<Found> = best.into_values().collect();
    found.sort_unstable_by_key(|found| (std::cmp::Reverse(found.score), found.record));
    Answer { found, is_cut: name.is_cut, is_empty: name.readings.is_empty() }
}

/// Readings by their words: a name of no certain kind is mostly read alike for every kind.
fn with_same_words(readings: &[Reading]) -> Vec<Vec<&Reading>> {
    let mut groups: Vec<Vec<&Reading>> = Vec::with_capacity(readings.len());
    for reading in readings {
        let keys = || reading.tokens.iter().map(|token| token.key);
        let is_same = |group: &&mut Vec<&Reading>| {
            group.first().is_some_and(|one| one.tokens.iter().map(|token| token.key).eq(keys()))
        };
        match groups.iter_mut().find(is_same) {
            Some(group) => group.push(reading),
            None => groups.push(vec![reading]),
        }
    }
    groups
}

/// Rows whose owners may reach the threshold: by name alone, or helped by the same day of birth.
fn rows_reaching(
    view: &View<'_>,
    space: &mut Space,
    readings: &[&Reading],
    query: &Query,
    settings: Settings,
) -> Vec<Hit> {
    let (costs, threshold) = (settings.costs(), settings.threshold);
    let lowest = lowest_name_score(threshold);
    if settings.is_exhaustive {
        let least = if query.births.is_empty() { threshold } else { lowest };
        let score = |&reading| score_rows(view, reading, costs, least, 0..view.rows());
        return readings.iter().flat_map(score).collect();
    }
    let mut hits = Search::new(view, space, readings, costs, threshold.min(SCORE_ONE)).run();
    for &(first, last) in &query.births {
        if first == last && first % 100 != 0 {
            for reading in readings {
                let rows = view.born_on(first).iter().copied();
                hits.extend(score_rows(view, reading, costs, lowest, rows));
            }
        }
    }
    hits
}
