use super::{romanise, Reading, READINGS_MAX};
use crate::script::{script_of, Script};

const SCRIPTS: [Script; 12] = [
    Script::Latin,
    Script::Cyrillic,
    Script::Greek,
    Script::Arabic,
    Script::Hebrew,
    Script::Georgian,
    Script::Armenian,
    Script::Hangul,
    Script::Han,
    Script::Kana,
    Script::Other,
    Script::Common,
];

fn best(word: &str) -> String {
    let script = word.chars().next().map_or(Script::Common, script_of);
    romanise(word, script).first().map(|reading| reading.join(" ")).unwrap_or_default()
}

fn assert_well_formed(word: &str, readings: &[Reading]) {
    assert!((1..=READINGS_MAX).contains(&readings.len()), "{word:?}: {readings:?}");
    for (place, reading) in readings.iter().enumerate() {
        assert!(!reading.is_empty(), "{word:?}: {readings:?}");
        assert!(!readings[..place].contains(reading), "{word:?}: {readings:?}");
        for token in reading {
            assert!(!token.is_empty() && token.bytes().all(|l| l.is_ascii_lowercase()), "{word:?}");
        }
    }
}

#[test]
fn every_character_can_be_read_in_every_script() {
    let mut buffer = [0; 4];
    for c in '\0'..=char::MAX {
        let word: &str = c.encode_utf8(&mut buffer);
        assert_well_formed(word, &romanise(word, script_of(c)));
    }
    for code in (0..0x3_0000).step_by(7) {
        if let Some(c) = char::from_u32(code) {
            for script in SCRIPTS {
                let word: &str = c.encode_utf8(&mut buffer);
                assert_well_formed(word, &romanise(word, script));
            }
        }
    }
}

#[test]
fn random_words_can_be_read_in_every_script() {
    let alphabet: Vec<char> =
        "абгійьщуеоαυμπγχا ل و ي ة ع ى ئ ء َ ّ ـ عبدהוייאך׳'եւո김이박정ㄱ张欧阳曾施瓦格っゃァーんヴア"
            .chars()
            .collect();
    let mut state: u64 = 41;
    for round in 0..20_000 {
        let mut word = String::new();
        for _ in 0..round % 12 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            word.push(alphabet[(state >> 33) as usize % alphabet.len()]);
        }
        for script in SCRIPTS {
            assert_well_formed(&word, &romanise(&word, script));
        }
    }
}

#[test]
fn cyrillic_is_spelt_as_lists_print_it() {
    assert_eq!(best("иванов"), "ivanov");
    assert_eq!(best("сергей"), "sergey");
    assert_eq!(best("дмитрий"), "dmitry");
    assert_eq!(best("хрущёв"), "khrushchyov");
    assert_eq!(best("уильям"), "wilyam");
    assert_eq!(romanise("олег", Script::Cyrillic).len(), 2);
    assert_eq!(romanise("иванов", Script::Cyrillic).len(), 1);
}
