//! From candidates to hits: what the words of each row can gain, then the exact alignment.

use crate::align::{need, Costs, Edge};
use crate::index::search::{get, Hit, Search};
use crate::index::space::Element;
use crate::index::view::View;
use crate::name::{Kind, Reading, TOKENS_MAX};
use crate::score::{indexed_pair_edge, probe_pair_edge, resemble, resemble_with, single_edge};
use crate::similarity::{Likeness, GLUED};

/// Candidates from which on listing a word's neighbours is cheaper than comparing row by row.
const CANDIDATES_FOR_TABLE: usize = 120;

impl Search<'_, '_> {
    /// The candidates that reach the threshold.
    pub(super) fn score_candidates(&mut self) -> Vec<Hit> {
        let candidates = std::mem::take(&mut self.space.candidates);
        self.space.counters.bounded += candidates.len() as u64;
        if candidates.is_empty() {
            return Vec::new();
        }
        let mut on_demand: Vec<usize> = Vec::new();
        for place in 0..self.tokens.len() {
            if self.tokens.get(place).is_some_and(|probe| probe.token.kind == Kind::Initial) {
                continue;
            }
            let is_listed = matches!(self.lists.get(place), Some(Some(_)));
            if !is_listed && candidates.len() < CANDIDATES_FOR_TABLE {
                on_demand.push(place);
            } else if let Some(list) = self.list(place) {
                for near in &list.near {
                    self.space.put(near.token, Element::Word(place as u8), near.similarity);
                }
            }
        }
        let probe_pairs = std::mem::take(&mut self.probe_pairs);
        for &(place, token) in &probe_pairs {
            self.space.put(token, Element::Pair(place as u8), GLUED);
        }
        self.probe_pairs = probe_pairs;
        let mut hits = Vec::new();
        let mut edges = Vec::with_capacity(16);
        let readings = self.readings;
        for &row in &candidates {
            let group = self.view.row_group(row);
            let mut compared = readings.iter().filter(|probe| probe.group as u32 == group);
            let Some(first) = compared.next() else {
                continue;
            };
            if !self.may_reach(row, &on_demand) {
                continue;
            }
            if !on_demand.is_empty() {
                self.compare_on_demand(row, &on_demand);
                if !self.may_reach(row, &[]) {
                    continue;
                }
            }
            edges.clear();
            self.word_edges(row, &mut edges);
            self.indexed_pair_edges(row, &mut edges);
            edges.sort_unstable_by_key(|edge| (edge.probe, edge.span, edge.indexed));
            self.space.counters.aligned += 1;
            let reading = self.view.reading(row);
            for probe in std::iter::once(first).chain(compared) {
                hits.extend(self.score_row(probe, row, &reading, &edges));
            }
        }
        self.space.candidates = candidates;
        hits
    }

    /// A bound from the edges known so far; words not yet compared count with their own bound.
    fn may_reach(&self, row: u32, unknown: &[usize]) -> bool {
        let mut most = [0i64; TOKENS_MAX];
        let mut raise = |place: usize, gain: i64| {
            if let Some(best) = most.get_mut(place) {
                *best = gain.max(*best);
            }
        };
        for &place in unknown {
            raise(place, get(&self.bounds_with_pairs, place));
        }
        for (place, probe) in self.tokens.iter().enumerate() {
            if self.has_initial && probe.token.kind == Kind::Initial {
                raise(place, get(&self.bounds_with_pairs, place));
            }
        }
        for &(place, _) in &self.probe_pairs {
            raise(place, get(&self.bounds_with_pairs, place));
            raise(place + 1, get(&self.bounds_with_pairs, place + 1));
        }
        for &(_, _, place) in self.space.pairs_of(row) {
            raise(place.into(), get(&self.bounds_with_pairs, place.into()));
        }
        for &token in self.view.row(row) {
            let weight = self.view.weight(token);
            for (element, similarity) in self.space.elements(token) {
                if let Element::Word(place) = element {
                    let own = self.tokens.get(usize::from(place)).map_or(0, |t| t.token.weight);
                    raise(place.into(), self.gain(similarity, own, weight));
                }
            }
        }
        let gains: i64 = most.iter().sum();
        gains >= need(self.probe_weight, self.view.row_weight(row), self.costs, self.threshold)
    }

    /// Compares the words of a row with those of the probe whose neighbours were not listed.
    fn compare_on_demand(&mut self, row: u32, places: &[usize]) {
        for &token in self.view.row(row) {
            if self.space.elements(token).any(|(element, _)| element == Element::Compared) {
                continue;
            }
            let other = self.view.token(token);
            for &place in places {
                let similarity = self.tokens.get(place).map_or(0, |probe| probe.similarity(&other));
                if similarity > 0 {
                    self.space.put(token, Element::Word(place as u8), similarity);
                }
            }
            self.space.put(token, Element::Compared, 0);
        }
    }

    /// Edges of single words and of pairs of the probe, as the table of this search holds them.
    fn word_edges(&self, row: u32, edges: &mut Vec<Edge>) {
        for (at, &number) in self.view.row(row).iter().enumerate() {
            let mut other = None;
            for (element, similarity) in self.space.elements(number) {
                let other = other.get_or_insert_with(|| self.view.token(number));
                match element {
                    Element::Word(place) => {
                        if let Some(probe) = self.tokens.get(usize::from(place)) {
                            let place = usize::from(place);
                            let (token, likeness) = (&probe.token, Likeness::Same);
                            edges.push(single_edge(place, token, at, other, similarity, likeness));
                        }
                    }
                    Element::Pair(place) => {
                        let place = usize::from(place);
                        if let Some([first, second]) = self.tokens.get(place..place + 2) {
                            let (first, second) = (&first.token, &second.token);
                            edges.push(probe_pair_edge(place, first, second, at, other));
                        }
                    }
                    Element::Compared => {}
                }
            }
            if self.has_initial {
                self.initial_edges(at, number, edges);
            }
        }
    }

    /// Edges of the probe's initials, which have no list of neighbours.
    fn initial_edges(&self, at: usize, number: u32, edges: &mut Vec<Edge>) {
        for (place, probe) in self.tokens.iter().enumerate() {
            if probe.token.kind == Kind::Initial {
                let other = self.view.token(number);
                let similarity = probe.similarity(&other);
                if similarity > 0 {
                    let (token, likeness) = (&probe.token, Likeness::Initial);
                    edges.push(single_edge(place, token, at, &other, similarity, likeness));
                }
            }
        }
    }

    fn indexed_pair_edges(&self, row: u32, edges: &mut Vec<Edge>) {
        for &(_, at, place) in self.space.pairs_of(row) {
            let (at, place) = (usize::from(at), usize::from(place));
            let pair = self.view.row(row).get(at..at + 2);
            if let (Some(&[first, second]), Some(probe)) = (pair, self.tokens.get(place)) {
                let (first, second) = (self.view.token(first), self.view.token(second));
                edges.push(indexed_pair_edge(place, &probe.token, at, &first, &second));
            }
        }
    }

    fn score_row(
        &self,
        probe: &Reading,
        row: u32,
        reading: &Reading,
        edges: &[Edge],
    ) -> Option<Hit> {
        let found = resemble_with(probe, reading, edges, self.costs, self.threshold)?;
        Some(Hit { row, score: found.score })
    }
}

/// The rows among `rows` that reach the threshold, each scored by the definition: no index, no bound.
pub fn score_rows(
    view: &View<'_>,
    probe: &Reading,
    costs: Costs,
    threshold: u32,
    rows: impl Iterator<Item = u32>,
) -> Vec<Hit> {
    let score = |row| {
        let found = resemble(probe, &view.reading(row), costs, threshold.max(1))?;
        Some(Hit { row, score: found.score })
    };
    rows.filter_map(score).collect()
}
