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

#[test]
fn a_cyrillic_word_has_other_readings_only_where_they_pay() {
    assert_eq!(romanise("григорій", Script::Cyrillic)[0], ["hrihoriy"]);
    assert_eq!(romanise("ющенко", Script::Cyrillic).concat(), ["yushchenko", "jushchenko"]);
}

#[test]
fn arabic_script_gives_known_names_articles_and_servants_of_god() {
    assert_eq!(best("محمد"), "muhammad");
    assert_eq!(best("مُحَمَّد"), "muhammad");
    assert_eq!(best("الأسد"), "al asad");
    assert_eq!(best("عبدالغفار"), "abdul ghaffar");
    assert_eq!(best("نصرالدین"), "nasruddin");
    assert_eq!(best("پوتین"), "putin");
    assert_eq!(best("چگینی"), "chgini");
    assert_eq!(best("والمسلمین"), "wa al mslmin");
    assert_eq!(romanise("یانس", Script::Arabic).concat(), ["yans", "jans"]);
    assert_eq!(romanise("رضا", Script::Arabic).concat(), ["rida", "reza"]);
}

#[test]
fn hebrew_gives_known_names_and_written_vowels() {
    assert_eq!(best("בנימין"), "benjamin");
    assert_eq!(best("פוטין"), "potin");
    assert_eq!(best("ג׳ון"), "john");
}

#[test]
fn greek_georgian_and_armenian_are_spelt_as_passports_do() {
    assert_eq!(best("παπανδρέου"), "papandreou");
    assert_eq!(best("ευάγγελος"), "evangelos");
    assert_eq!(romanise("χρήστος", Script::Greek).concat(), ["christos", "hristos"]);
    assert_eq!(best("ივანიშვილი"), "ivanishvili");
    assert_eq!(best("սարգսյան"), "sargsyan");
    assert_eq!(best("ուլիխանյան"), "ulikhanyan");
}

#[test]
fn korean_names_have_their_customary_surname_and_syllables() {
    assert_eq!(best("김정은"), "kim jong un");
    assert_eq!(romanise("박지성", Script::Hangul)[1], ["park", "ji", "song"]);
    assert!(romanise("블라디미르", Script::Hangul).contains(&vec!["bladimir".to_owned()]));
    assert_eq!(best("남궁민"), "namgung min");
}

#[test]
fn chinese_names_have_surname_and_given_name() {
    assert_eq!(best("张志强"), "zhang zhiqiang");
    assert_eq!(best("曾庆红"), "zeng qinghong");
    assert_eq!(best("欧阳修"), "ouyang xiu");
    assert_eq!(best("習近平"), "xi jinping");
}

#[test]
fn foreign_names_in_han_are_read_by_sound() {
    assert!(romanise("弗拉基米爾", Script::Han).contains(&vec!["flakimir".to_owned()]));
    assert!(romanise("普京", Script::Han)[0][0].starts_with("pujing"));
}

#[test]
fn kana_is_spelt_as_hepburn_does() {
    assert_eq!(best("アサハラ"), "asahara");
    assert_eq!(best("しょうこう"), "shoukou");
    assert_eq!(best("ヴィクトラン"), "vikutoran");
    assert_eq!(best("マッチ"), "matchi");
    assert_eq!(romanise("パーカー", Script::Kana).concat(), ["parkar", "paka"]);
    assert_eq!(romanise("ノートン", Script::Kana).concat(), ["noton", "norton"]);
    assert_eq!(best("ウィリアム"), "wiriamu");
    assert_eq!(best("ジェフ"), "jefu");
}

#[test]
fn a_script_without_a_table_is_still_read_and_nothing_is_lost() {
    assert!(best("नरेन्द्र").starts_with('n'));
    assert_ne!(romanise("\u{E000}", Script::Other), romanise("\u{E001}", Script::Other));
}
