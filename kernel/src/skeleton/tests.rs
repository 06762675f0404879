use super::{budget_skeleton, similarity_across, skeleton, SAME};

fn key(word: &str) -> String {
    let mut out = Vec::new();
    skeleton(word.as_bytes(), &mut out);
    String::from_utf8(out).unwrap_or_default()
}

fn similarity(a: &str, b: &str) -> u32 {
    similarity_across(a.as_bytes(), b.as_bytes())
}

/// The textbook optimal string alignment distance.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            if i == 0 || j == 0 {
                table[i][j] = i + j;
                continue;
            }
            let changed = usize::from(a[i - 1] != b[j - 1]);
            let mut least = (table[i - 1][j] + 1).min(table[i][j - 1] + 1);
            least = least.min(table[i - 1][j - 1] + changed);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(table[i - 2][j - 2] + 1);
            }
            table[i][j] = least;
        }
    }
    table[a.len()][b.len()]
}

/// Words of a small alphabet, so that many pairs are alike.
fn random_words(count: usize) -> Vec<String> {
    let mut state: u64 = 41;
    let mut next = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) % below
    };
    let letters: Vec<char> = "abcdeghijklmnoprstuwxyzaeioukshm".chars().collect();
    (0..count)
        .map(|at| {
            let length = if at % 9 == 0 { next(60) } else { next(9) };
            (0..length).map(|_| letters[next(letters.len() as u64) as usize]).collect()
        })
        .collect()
}

#[test]
fn the_key_keeps_what_scripts_do_not_confuse() {
    assert_eq!(key("muhammad"), key("mohammed"));
    assert_eq!(key("husayn"), key("hossein"));
    assert_eq!(key("vladimir"), key("wladimir"));
    assert_eq!(key("wilson"), key("vilson"));
    assert_eq!(key("george"), key("jorj"));
    assert_eq!(key("zhang"), key("jang"));
    assert_eq!(key("kim"), "km");
    assert_ne!(key("ivanov"), key("petrov"));
}

#[test]
fn a_word_of_vowels_has_a_key_and_an_empty_word_has_none() {
    assert_eq!(key("oh"), "a");
    assert_eq!(key(""), "");
    assert_eq!(similarity("", "a"), 0);
    assert_eq!(similarity("", ""), 0);
}

#[test]
fn a_word_is_the_same_as_itself() {
    for word in random_words(500).iter().filter(|word| word.bytes().any(|l| l != b'h')) {
        if !key(word).is_empty() {
            assert_eq!(similarity(word, word), SAME, "{word}");
        }
    }
}

#[test]
fn similarity_is_symmetric_and_zero_beyond_the_budget() {
    let words = random_words(700);
    let mut alike = 0;
    for a in &words {
        for b in &words {
            let both = similarity(a, b);
            assert!(both <= SAME);
            assert_eq!(both, similarity(b, a), "{a} {b}");
            let (key_a, key_b) = (key(a), key(b));
            let budget = budget_skeleton(key_a.len().max(key_b.len()));
            if distance(key_a.as_bytes(), key_b.as_bytes()) > budget {
                assert_eq!(both, 0, "{a} {b}");
            }
            alike += usize::from(both > 0 && a != b);
        }
    }
    assert!(alike > 500, "{alike}");
}

#[test]
fn keys_are_letters_and_the_budget_grows_with_length() {
    for word in random_words(2_000) {
        let key = key(&word);
        assert!(key.bytes().all(|l| l.is_ascii_lowercase()), "{word}");
        assert_eq!(key.is_empty(), similarity(&word, &word) == 0, "{word}");
    }
    for length in 0..60 {
        assert!(budget_skeleton(length) <= budget_skeleton(length + 1));
        assert!(budget_skeleton(length) <= 2);
    }
}

#[test]
fn nearer_words_are_more_alike() {
    assert!(similarity("hsn", "hasan") > 3_400);
    assert!(similarity("kim", "gim") == 0);
    assert!(similarity("sergey", "sergei") > 3_900);
    assert!(similarity("yuriy", "yuri") > 3_700);
    assert!(similarity("amir", "amr") > similarity("amir", "alar"));
    assert_eq!(similarity("ivanov", "petrov"), 0);
}

#[test]
fn any_bytes_can_be_compared() {
    for byte in 0..=u8::MAX {
        let word = [byte; 70];
        let mut out = vec![1];
        skeleton(&word, &mut out);
        assert!(similarity_across(&word, b"x") <= SAME);
    }
}
