//! Threshold search without loss: which rows can reach the score, proved by weights, then scored.
//!
//! A row scores at least t if and only if the gains of an alignment's edges reach `need` (see
//! `align`). Each word of the probe is in one edge at most, so the gains are bounded by the sum of
//! the words' own bounds. Words are opened in the order of their postings; a row that none of the
//! opened words touches must be light, because the bounds of the unopened words have to pay for its
//! whole weight. Rows are sorted by weight: once the bound falls below the lightest row, the rest of
//! the words need not be opened. Factors applied after the alignment only lower a score.

use std::sync::Arc;

use crate::align::{gain, need, Costs};
use crate::index::neighbours::{most_alike, neighbours, Neighbours, ProbeToken};
use crate::index::space::Space;
use crate::index::view::View;
use crate::letters::hash;
use crate::name::{Kind, Reading, TokenKey};
use crate::similarity::{glued_sound, is_glued, GLUED, ROMANISED_SAME};
use crate::tables::ONE;

/// Candidates from which on walking further postings pays.
const CANDIDATES_FOR_BITS: usize = 128;
/// Candidates from which on listing one more word's neighbours to mark their rows pays.
const CANDIDATES_FOR_LISTS: usize = 300;
/// Words of a probe that have a bit of their own; the top bit marks listed pairs.
const BITS: usize = 7;
const PAIR_BIT: u8 = 0x80;

/// A row that reaches the threshold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hit {
    /// Its number.
    pub row: u32,
    /// 0 to `SCORE_ONE`.
    pub score: u32,
}

/// The words of a name that are searched for at a threshold, in all readings that have them.
pub struct Search<'a, 'v> {
    pub(super) view: &'a View<'v>,
    pub(super) space: &'a mut Space,
    /// They have the same words; which rows a reading is compared with its group says.
    pub(super) readings: &'a [&'a Reading],
    pub(super) costs: Costs,
    pub(super) threshold: u32,
    pub(super) tokens: Vec<ProbeToken>,
    pub(super) lists: Vec<Option<Arc<Neighbours>>>,
    /// Bound on the gain of each word, without and with pairs of the indexed names.
    pub(super) bounds: Vec<i64>,
    pub(super) bounds_with_pairs: Vec<i64>,
    /// Words of the index that sound like two neighbours of the probe: (first of them, token).
    pub(super) probe_pairs: Vec<(usize, u32)>,
    pub(super) probe_weight: u32,
    pub(super) has_initial: bool,
}

impl<'a, 'v> Search<'a, 'v> {
    /// Prepares a search; the readings have the same words.
    pub fn new(
        view: &'a View<'v>,
        space: &'a mut Space,
        readings: &'a [&'a Reading],
        costs: Costs,
        threshold: u32,
    ) -> Search<'a, 'v> {
        space.begin();
        let words = readings.first().map_or(&[][..], |reading| &reading.tokens);
        let tokens: Vec<ProbeToken> = words.iter().map(|&t| ProbeToken::new(t)).collect();
        Search {
            view,
            space,
            readings,
            costs,
            threshold: threshold.max(1),
            lists: vec![None; tokens.len()],
            bounds: vec![0; tokens.len()],
            bounds_with_pairs: vec![0; tokens.len()],
            probe_pairs: Vec::new(),
            probe_weight: words.iter().map(|token| token.weight).sum(),
            has_initial: tokens.iter().any(|token| token.token.kind == Kind::Initial),
            tokens,
        }
    }

    /// All rows that reach the threshold, through the index.
    pub fn run(mut self) -> Vec<Hit> {
        self.space.counters.probes += 1;
        self.find_indexed_pairs();
        let order = self.order_and_list();
        self.bound_words();
        self.find_probe_pairs();
        self.open(&order);
        self.space.counters.candidates += self.space.candidates.len() as u64;
        if self.space.candidates.len() >= CANDIDATES_FOR_BITS {
            self.drop_by_bits(&order);
        }
        self.score_candidates()
    }

    /// The order of opening. With a cache all words are listed, and their volumes are exact;
    /// without, the first one alone, which is opened in any case.
    fn order_and_list(&mut self) -> Vec<usize> {
        if self.space.use_cache {
            for place in 0..self.tokens.len() {
                self.list(place);
            }
            return self.opening_order();
        }
        let order = self.opening_order();
        if let Some(&first) = order.first() {
            self.list(first);
        }
        order
    }

    pub(super) fn gain(&self, similarity: u32, probe: u32, indexed: u32) -> i64 {
        gain(similarity, probe, indexed, self.costs, self.threshold)
    }

    /// The neighbours of a word, from the cache or found now; none for an initial.
    pub(super) fn list(&mut self, place: usize) -> Option<Arc<Neighbours>> {
        let probe = self.tokens.get(place)?;
        if probe.token.kind == Kind::Initial {
            return None;
        }
        let slot = self.lists.get_mut(place)?;
        if slot.is_none() {
            let view = self.view;
            *slot = Some(
                self.space
                    .neighbours(&probe.token.key, |finder| neighbours(view, &probe.token, finder)),
            );
        }
        slot.clone()
    }

    /// Two neighbours of an indexed name that sound like one word of the probe.
    fn find_indexed_pairs(&mut self) {
        for (place, probe) in self.tokens.iter().enumerate() {
            if probe.token.kind != Kind::Word {
                continue;
            }
            let (view, space) = (self.view, &mut *self.space);
            let sound = &probe.token.phonetic;
            view.pairs((hash(sound) >> 32) as u32, |row, at| {
                let pair = view.row(row).get(usize::from(at)..usize::from(at) + 2);
                if let Some(&[first, second]) = pair {
                    let glued = glued_sound(&view.token(first), &view.token(second));
                    if is_glued(&probe.token, glued) {
                        space.indexed_pairs.push((row, at, place as u8));
                    }
                }
            });
        }
        self.space.indexed_pairs.sort_unstable();
    }

    /// Bounds what each word can gain, from its list or from what likeness allows.
    fn bound_words(&mut self) {
        for (place, probe) in self.tokens.iter().enumerate() {
            let weight = probe.token.weight;
            let mut bound = match self.lists.get(place) {
                Some(Some(list)) => {
                    let gains = list.near.iter().map(|n| self.gain(n.similarity, weight, n.weight));
                    gains.max().unwrap_or(0)
                }
                _ => {
                    let most = most_alike(self.view, &probe.token, self.space.finder());
                    self.bound_without_list(probe, most)
                }
            };
            bound = bound.max(0);
            let has_pairs = self.space.indexed_pairs.iter().any(|pair| pair.2 as usize == place);
            let pair_bound = [0, 2 * ONE].map(|indexed| self.gain(GLUED, weight, indexed));
            let with_pairs =
                if has_pairs { pair_bound.into_iter().fold(bound, i64::max) } else { bound };
            set(&mut self.bounds, place, bound);
            set(&mut self.bounds_with_pairs, place, with_pairs);
        }
    }

    fn bound_without_list(&self, probe: &ProbeToken, most_alike: u32) -> i64 {
        let weight = probe.token.weight;
        let at_most = |similarity: u32| {
            // A gain is linear in the indexed weight, so an end of its range bounds it.
            self.gain(similarity, weight, 0).max(self.gain(similarity, weight, ONE))
        };
        let key = probe.token.key;
        let same = |is_romanised: bool, similarity: u32| {
            let token = self.view.lookup(&TokenKey { letters: key.letters, is_romanised });
            token.map_or(0, |token| self.gain(similarity, weight, self.view.weight(token)))
        };
        let bound = same(key.is_romanised, ONE).max(same(!key.is_romanised, ROMANISED_SAME));
        if most_alike > 0 {
            bound.max(at_most(most_alike))
        } else {
            bound
        }
    }

    /// Words of the index that sound like two neighbours of the probe; their bounds pay for both.
    fn find_probe_pairs(&mut self) {
        for place in 0..self.tokens.len().saturating_sub(1) {
            let Some([first, second]) = self.tokens.get(place..place + 2) else {
                continue;
            };
            let (first, second) = (&first.token, &second.token);
            let Some(sound) = glued_sound(first, second) else {
                continue;
            };
            let Some(form) = self.view.sounds.forms.position(&sound) else {
                continue;
            };
            let both = first.weight + second.weight;
            for &token in self.view.sounds.members(form) {
                let over = self.gain(GLUED, both, self.view.weight(token))
                    - get(&self.bounds, place)
                    - get(&self.bounds, place + 1);
                if over > 0 {
                    for bounds in [&mut self.bounds, &mut self.bounds_with_pairs] {
                        let raised = get(bounds, place) + over;
                        set(bounds, place, raised);
                    }
                }
                self.probe_pairs.push((place, token));
            }
        }
    }

    /// The places of the probe, those with the fewest postings first.
    fn opening_order(&self) -> Vec<usize> {
        let mut volumes: Vec<(u64, usize)> =
            (0..self.tokens.len()).map(|place| (self.volume(place), place)).collect();
        volumes.sort_unstable();
        volumes.into_iter().map(|(_, place)| place).collect()
    }

    fn volume(&self, place: usize) -> u64 {
        let Some(probe) = self.tokens.get(place) else {
            return 0;
        };
        if let Some(Some(list)) = self.lists.get(place) {
            return u64::from(list.volume);
        }
        let own = self.view.lookup(&probe.token.key);
        let own = own.map_or(0, |token| self.view.postings(token).len() as u64);
        match probe.token.kind {
            Kind::Initial => u64::MAX,
            Kind::Number => own,
            // Short words have many neighbours.
            Kind::Word => {
                let length = probe.token.key.letters.len() as u64;
                2 * own + u64::from(self.view.rows()) / (100 * length.max(1)) + 30
            }
        }
    }

    /// The heaviest row, as the number of rows up to it, that these gains can pay for.
    fn rows_within(&self, gains: i64) -> u32 {
        let indexed = i64::from(self.threshold) * i64::from(self.costs.indexed);
        let left = gains - need(self.probe_weight, 0, self.costs, self.threshold);
        if left < 0 {
            return 0;
        }
        self.space.rows_up_to(self.view, left / indexed.max(1))
    }

    fn open(&mut self, order: &[usize]) {
        let mut rest: i64 = order.iter().map(|&place| get(&self.bounds, place)).sum();
        for &place in order {
            let limit = self.rows_within(rest);
            if limit == 0 {
                break;
            }
            rest -= get(&self.bounds, place);
            let Some(probe) = self.tokens.get(place) else {
                continue;
            };
            let (kind, weight) = (probe.token.kind, probe.token.weight);
            if kind == Kind::Initial {
                // An initial stands for any word, so every row that is light enough may hold one.
                self.space.take_all(limit);
                continue;
            }
            let Some(list) = self.list(place) else {
                continue;
            };
            self.space.counters.opened += 1;
            for near in &list.near {
                let limit =
                    self.rows_within(rest + self.gain(near.similarity, weight, near.weight));
                self.space.take(self.view.postings(near.token), limit);
            }
            for &(first, token) in &self.probe_pairs {
                if first == place || first + 1 == place {
                    self.space.take(self.view.postings(token), limit);
                }
            }
        }
        let limit = self.rows_within(self.bounds_with_pairs.iter().sum());
        self.space.take_pairs(limit);
    }

    /// Walks the postings of further words and drops the rows whose words cannot pay for them.
    fn drop_by_bits(&mut self, order: &[usize]) {
        let count = self.space.candidates.len();
        let (mut always, mut always_with_pairs) = (0i64, 0i64);
        let mut marked = [false; BITS];
        self.space.clear_bits();
        for &place in order {
            let in_pair = self.probe_pairs.iter().any(|&(at, _)| at == place || at + 1 == place);
            let kind = self.tokens.get(place).map(|probe| probe.token.kind);
            let list = if in_pair || place >= BITS || kind == Some(Kind::Initial) {
                None
            } else if count > CANDIDATES_FOR_LISTS {
                self.list(place)
            } else {
                self.lists.get(place).cloned().flatten()
            };
            match list {
                Some(list) if (list.volume as usize) < 5 * count => {
                    if let Some(mark) = marked.get_mut(place) {
                        *mark = true;
                    }
                    for near in &list.near {
                        self.space.mark(self.view.postings(near.token), 1 << place);
                    }
                }
                _ => {
                    always += get(&self.bounds, place);
                    always_with_pairs += get(&self.bounds_with_pairs, place);
                }
            }
        }
        self.space.mark_pairs(PAIR_BIT, BITS);
        let mut limits = [None; 256];
        let mut candidates = std::mem::take(&mut self.space.candidates);
        candidates.retain(|&row| {
            let bits = self.space.bits(row);
            let limit = *limits[usize::from(bits)].get_or_insert_with(|| {
                let with_pairs = bits & PAIR_BIT != 0;
                let bounds = if with_pairs { &self.bounds_with_pairs } else { &self.bounds };
                let mut gains = if with_pairs { always_with_pairs } else { always };
                for (place, _) in marked.iter().enumerate().filter(|(_, &marked)| marked) {
                    if bits & 1 << place != 0 {
                        gains += get(bounds, place);
                    }
                }
                self.rows_within(gains)
            });
            row < limit
        });
        self.space.candidates = candidates;
    }
}

pub(super) fn get(values: &[i64], place: usize) -> i64 {
    values.get(place).copied().unwrap_or(0)
}

fn set(values: &mut [i64], place: usize, value: i64) {
    if let Some(slot) = values.get_mut(place) {
        *slot = value;
    }
}
