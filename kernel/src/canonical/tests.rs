use super::*;

fn written(text: &str) -> String {
    match canonical(text.as_bytes(), 0) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) => format!("refused: {error}"),
    }
}

#[test]
fn numbers_are_those_of_ecmascript() {
    for (text, expected) in [
        ("-0", "0"),
        ("-0.0", "0"),
        ("1.0", "1"),
        ("1E3", "1000"),
        ("0.000001", "0.000001"),
        ("1e-7", "1e-7"),
        ("1e21", "1e+21"),
        ("9007199254740991.0", "9007199254740991"),
        ("333333333.33333329", "333333333.3333333"),
        ("5e-324", "5e-324"),
        ("-9007199254740991", "-9007199254740991"),
    ] {
        assert_eq!(written(text), expected);
    }
}

#[test]
fn fields_stand_by_name_and_the_last_of_a_name_counts() {
    assert_eq!(written(r#"{"b":[{"d":1,"c":2}],"a":0}"#), r#"{"a":0,"b":[{"c":2,"d":1}]}"#);
    assert_eq!(written(r#"{"a":1,"\u0061":{"c":{},"b":2}}"#), r#"{"a":{"b":2,"c":{}}}"#);
    // A quotation mark sorts as such, not as the backslash before it.
    assert_eq!(written(r#"{"A":1,"\"":2,"\n":3}"#), r#"{"\n":3,"\"":2,"A":1}"#);
}

#[test]
fn strings_are_escaped_no_more_than_they_must() {
    assert_eq!(
        written(r#""\u20ac\/\u000a\u001F\"\ud83d\ude00""#),
        "\"\u{20ac}/\\n\\u001f\\\"\u{1f600}\""
    );
    for half in [r#""\ud800""#, r#""\udc00""#, r#""\ud800\ud800""#, r#""\ud800\n""#] {
        assert!(written(half).starts_with("refused"), "{half}");
    }
}

#[test]
fn nesting_ends_before_the_stack_does() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert_eq!(written(&nested(DEPTH_MAX)), nested(DEPTH_MAX));
    assert!(written(&nested(DEPTH_MAX + 1)).contains("too deep"));
    assert!(written(&"{\"a\":".repeat(1_000_000)).contains("too deep"));
}
