//! Georgian (national system) and Armenian (eastern reading).

use super::Reading;

/// One reading.
pub fn readings(word: &str) -> Vec<Reading> {
    let mut spelt = String::with_capacity(word.len());
    let mut rest = word.chars().peekable();
    while let Some(c) = rest.next() {
        let at_start = spelt.is_empty();
        match c {
            'ո' if rest.peek() == Some(&'ւ') => {
                spelt.push('u');
                rest.next();
            }
            'ո' if at_start => spelt.push_str("vo"),
            'ե' | 'և' if at_start => {
                spelt.push_str(if c == 'և' { "yev" } else { "ye" });
            }
            _ => spelt.push_str(letter(c)),
        }
    }
    vec![vec![spelt]]
}

fn letter(c: char) -> &'static str {
    match c {
        'ა' | 'ա' => "a",
        'ბ' | 'բ' => "b",
        'გ' | 'գ' => "g",
        'დ' | 'դ' => "d",
        'ე' | 'ե' | 'է' | 'ը' | 'ჱ' => "e",
        'ვ' | 'վ' | 'ւ' => "v",
        'ზ' | 'զ' => "z",
        'თ' | 'ტ' | 'թ' | 'տ' => "t",
        'ი' | 'ի' => "i",
        'კ' | 'ქ' | 'կ' | 'ք' => "k",
        'ლ' | 'լ' => "l",
        'მ' | 'մ' => "m",
        'ნ' | 'ն' => "n",
        'ო' | 'ո' | 'օ' => "o",
        'პ' | 'ფ' | 'պ' | 'փ' => "p",
        'ჟ' | 'ժ' => "zh",
        'რ' | 'ր' | 'ռ' => "r",
        'ს' | 'ս' => "s",
        'უ' => "u",
        'ღ' | 'ղ' => "gh",
        'ყ' => "q",
        'შ' | 'շ' => "sh",
        'ჩ' | 'ჭ' | 'չ' | 'ճ' => "ch",
        'ც' | 'წ' | 'ց' | 'ծ' => "ts",
        'ძ' | 'ձ' => "dz",
        'ხ' | 'խ' => "kh",
        'ჯ' | 'ջ' => "j",
        'ჰ' | 'հ' => "h",
        'ჲ' | 'յ' => "y",
        'ֆ' => "f",
        'և' => "ev",
        _ => "",
    }
}
