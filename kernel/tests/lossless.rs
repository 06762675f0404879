//! The index answers exactly what scoring every row answers.

use _kernel::align::SCORE_ONE;
use _kernel::error::KernelError;
use _kernel::index::build::{Builder, Record};
use _kernel::index::format::{Section, ENTRY_BYTES, HEADER_BYTES};
use _kernel::index::{Index, Query, Settings};
use _kernel::name::Group;
use sha2::{Digest, Sha256};
use xxhash_rust::xxh3::xxh3_128;

/// A small generator of pseudo-random numbers, the same on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % sides
    }

    fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }
}

const SYLLABLES: &[&str] = &[
    "mo", "ham", "ma", "d", "al", "bin", "kar", "im", "ov", "ser", "gei", "zh", "ang", "li", "qa",
    "ddaf", "i", "kh", "al", "ex", "an", "der", "abdul", "rah", "man", "co", "shipp", "ing", "a",
];
const WORDS: &[&str] = &[
    "al",
    "bin",
    "ibn",
    "J",
    "A",
    "S",
    "7",
    "12",
    "Bank",
    "Banco",
    "Ltd",
    "LLC",
    "S.A.",
    "Trading",
    "William",
    "Bill",
    "Muhammad",
    "Mohamed",
    "محمد",
    "علي",
    "Иван",
    "Сергей",
    "金",
    "김",
    "정은",
    "Γιώργος",
    "יוסף",
    "ハシモト",
    "Abd",
    "el",
    "Rahman",
    "GmbH",
    "Shipping",
    "Three",
    "Venkatanarasimharajuvaripeta",
    "Hatzikonstantinoupapadimitriou",
    "Παπακωνσταντινόπουλος",
    "Хатзиконстантину",
    "xxxxxxxxxxxxxxxxxx",
    "кскскскскскскскскскскскскскскскс",
];

fn word(dice: &mut Dice) -> String {
    if dice.below(3) == 0 {
        return (*dice.pick(WORDS)).to_owned();
    }
    let syllables = if dice.below(6) == 0 { 9 } else { 1 };
    (0..syllables + dice.below(4)).map(|_| *dice.pick(SYLLABLES)).collect()
}

fn name(dice: &mut Dice, vocabulary: &[String]) -> String {
    let words: Vec<&str> = (0..1 + dice.below(5)).map(|_| dice.pick(vocabulary).as_str()).collect();
    words.join(if dice.below(9) == 0 { "-" } else { " " })
}

fn perturbed(dice: &mut Dice, name: &str) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    for _ in 0..dice.below(3) {
        let place = dice.below(letters.len().max(1));
        match dice.below(4) {
            0 if letters.len() > 1 => {
                letters.remove(place);
            }
            1 => letters.insert(place, *dice.pick(&['a', 'e', 'h', 's', ' ', 'k', '.'])),
            2 if place + 1 < letters.len() => letters.swap(place, place + 1),
            _ => {
                if let Some(letter) = letters.get_mut(place) {
                    *letter = *dice.pick(&['a', 'i', 'o', 'q', 'y']);
                }
            }
        }
    }
    letters.into_iter().collect()
}

fn build(dice: &mut Dice, vocabulary: &[String], path: &std::path::Path) -> Vec<String> {
    let mut builder = Builder::default();
    let mut names = Vec::new();
    for _ in 0..400 {
        let group =
            *dice.pick(&[None, Some(Group::Person), Some(Group::Organization), Some(Group::Thing)]);
        let listed: Vec<String> = (0..1 + dice.below(3)).map(|_| name(dice, vocabulary)).collect();
        names.extend(listed.clone());
        let day = 19500101 + dice.below(3) as u32;
        builder
            .add(&Record {
                group,
                valid: (0, i32::MAX),
                known: (0, i64::MAX),
                births: if dice.below(2) == 0 { vec![(day, day)] } else { vec![] },
                names: listed,
                ..Record::default()
            })
            .unwrap();
    }
    builder.finish(path, b"about").unwrap();
    names
}

/// What reaches a threshold is what reaches a lower one and scores as much; returns how many did.
///
/// Thresholds are round ones, and those that the best hits just reach and just miss.
fn compare_at_all_thresholds(index: &Index, query: &Query, is_reverse: bool) -> usize {
    let queries = std::slice::from_ref(query);
    let search = |threshold: u32, is_exhaustive: bool, use_cache: bool| {
        let (days, moment) = ((7, i32::MAX), None);
        let settings = Settings { threshold, days, moment, is_exhaustive, is_reverse, use_cache };
        index.search(queries, settings).unwrap().remove(0).found
    };
    let all = search(SCORE_ONE / 100 * 40, true, false);
    let mut thresholds: Vec<u32> =
        [40, 60, 70, 80, 90, 100].iter().map(|share| SCORE_ONE / 100 * share).collect();
    thresholds.extend(all.iter().take(2).flat_map(|hit| [hit.score, hit.score + 1]));
    let mut count = 0;
    for threshold in thresholds.into_iter().filter(|&threshold| threshold <= SCORE_ONE) {
        let mut expected = all.clone();
        expected.retain(|found| found.score >= threshold);
        for use_cache in [false, true] {
            let found = search(threshold, false, use_cache);
            assert_eq!(found, expected, "{query:?} {threshold} {is_reverse} {use_cache}");
        }
        count += expected.len();
    }
    count
}

#[test]
fn the_index_finds_what_scoring_every_row_finds() {
    let folder = std::env::temp_dir().join(format!("article41-lossless-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let mut found_in_all = 0;
    for seed in 0..6 {
        let mut dice = Dice(seed);
        let vocabulary: Vec<String> = (0..150).map(|_| word(&mut dice)).collect();
        let path = folder.join(format!("{seed}.index"));
        let names = build(&mut dice, &vocabulary, &path);
        let index = Index::open(&path).unwrap();
        index.verify().unwrap();
        for round in 0..120 {
            let listed = dice.pick(&names).clone();
            let day = 19500101 + dice.below(3) as u32;
            let query = Query {
                name: if round % 3 == 0 {
                    name(&mut dice, &vocabulary)
                } else {
                    perturbed(&mut dice, &listed)
                },
                group: *dice.pick(&[None, Some(Group::Person), Some(Group::Organization)]),
                births: if dice.below(3) == 0 { vec![(day, day)] } else { vec![] },
            };
            for is_reverse in [false, true] {
                found_in_all += compare_at_all_thresholds(&index, &query, is_reverse);
            }
        }
    }
    assert!(found_in_all > 10_000, "the test must find something to compare: {found_in_all}");
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_name_that_reads_alike_for_every_kind_is_searched_for_once() {
    let folder = std::env::temp_dir().join(format!("article41-alike-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let mut dice = Dice(7);
    let vocabulary: Vec<String> = (0..150).map(|_| word(&mut dice)).collect();
    let path = folder.join("names.index");
    build(&mut dice, &vocabulary, &path);
    let index = Index::open(&path).unwrap();
    let probes = |name: &str| {
        let before = index.counters().probes;
        let query = Query { name: name.to_owned(), ..Query::default() };
        let settings = Settings {
            threshold: SCORE_ONE / 2,
            days: (7, i32::MAX),
            moment: None,
            is_exhaustive: false,
            is_reverse: false,
            use_cache: false,
        };
        index.search(&[query], settings).unwrap();
        index.counters().probes - before
    };
    assert_eq!(probes("Karimov Sergei"), 1);
    // A number beside a name is none of a person's, and may be of a body's.
    assert_eq!(probes("Karimov Sergei 4711"), 2);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn damage_is_refused() {
    let folder = std::env::temp_dir().join(format!("article41-damage-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("names.index");
    let mut dice = Dice(3);
    let vocabulary: Vec<String> = (0..50).map(|_| word(&mut dice)).collect();
    build(&mut dice, &vocabulary, &path);
    let whole = std::fs::read(&path).unwrap();
    for length in [0, 7, 63, 200, whole.len() / 2, whole.len() - 1] {
        std::fs::write(&path, &whole[..length]).unwrap();
        assert!(Index::open(&path).is_err(), "cut to {length}");
    }
    for place in [0, 9, 20, 40, 100, 1000] {
        let mut damaged = whole.clone();
        damaged[place] ^= 0x55;
        std::fs::write(&path, &damaged).unwrap();
        assert!(Index::open(&path).is_err(), "changed at {place}");
    }
    for _ in 0..200 {
        let mut damaged = whole.clone();
        let place = 4096 + dice.below(whole.len() - 4096);
        damaged[place] ^= 0xff;
        std::fs::write(&path, &damaged).unwrap();
        assert!(Index::open(&path).is_err(), "changed at {place}");
        // Whoever writes an index wrongly gives it fitting checksums; no search may panic on it.
        fit_checksums(&mut damaged);
        std::fs::write(&path, &damaged).unwrap();
        let Ok(index) = Index::open(&path) else { continue };
        let settings = Settings {
            threshold: SCORE_ONE / 2,
            days: (7, 8),
            moment: Some(7),
            is_exhaustive: dice.below(9) == 0,
            is_reverse: false,
            use_cache: true,
        };
        let query = Query { name: name(&mut dice, &vocabulary), ..Query::default() };
        let _ = index.search(&[query], settings);
        let _ = index.payload(dice.below(500) as u32);
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn an_index_of_other_tables_is_refused() {
    let folder = std::env::temp_dir().join(format!("article41-tables-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("names.index");
    build(&mut Dice(5), &["ada".to_owned(), "byron".to_owned()], &path);
    let mut other = std::fs::read(&path).unwrap();
    let start = u64_at(&other, HEADER_BYTES + Section::Tables as usize * ENTRY_BYTES);
    other[start] ^= 1;
    fit_checksums(&mut other);
    std::fs::write(&path, &other).unwrap();

    assert!(matches!(Index::open(&path), Err(KernelError::OtherTables)));
    std::fs::remove_dir_all(&folder).unwrap();
}

fn fit_checksums(file: &mut [u8]) {
    let end = HEADER_BYTES + Section::ALL.len() * ENTRY_BYTES;
    for entry in (HEADER_BYTES..end).step_by(ENTRY_BYTES) {
        let (start, length) = (u64_at(file, entry), u64_at(file, entry + 8));
        let checksum = xxh3_128(&file[start..start + length]);
        file[entry + 16..entry + 32].copy_from_slice(&checksum.to_le_bytes());
    }
    let checksum = Sha256::digest([&file[..32], &file[HEADER_BYTES..end]].concat());
    file[32..HEADER_BYTES].copy_from_slice(&checksum);
}

fn u64_at(file: &[u8], place: usize) -> usize {
    u64::from_le_bytes(file[place..place + 8].try_into().unwrap()) as usize
}
