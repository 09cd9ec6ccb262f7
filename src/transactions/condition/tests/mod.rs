//! Conditions against SQLite's answers, and what is refused.

mod sqlite;

use super::*;
use crate::transactions::{DateOrder, DateStyle, NumberStyle};
use proptest::prelude::*;

/// A line as texts, in the order of `columns`.
struct Line([Option<&'static str>; 7]);

impl Row for Line {
    fn text(&self, column: usize) -> Option<&[u8]> {
        self.0[column].map(str::as_bytes)
    }

    fn number(&self, column: usize) -> Option<f64> {
        Some(NumberStyle::Dot.read(self.text(column)?).value()?.to_f64())
    }

    fn moment(&self, column: usize) -> Option<i64> {
        let style = DateStyle::Shape(DateOrder::YearFirst);
        Some(style.read(self.text(column)?).value()?.moment.seconds())
    }
}

fn columns() -> Vec<Named> {
    let column = |name: &str, role, kind| Named { name: name.to_string(), role, kind };
    vec![
        column("CustomerID", Some("customer"), Kind::Text),
        column("InvoiceNo", Some("order"), Kind::Text),
        column("InvoiceDate", Some("date"), Kind::Moment),
        column("Quantity", Some("quantity"), Kind::Number),
        column("Unit Price", Some("price"), Kind::Number),
        column("Country", Some("country"), Kind::Text),
        column("note", None, Kind::Unknown),
    ]
}

/// The lines that SQLite was asked about.
const LINES: [[Option<&str>; 7]; 6] = [
    [
        Some("12346"),
        Some("536365"),
        Some("2010-12-01 08:26:00"),
        Some("6"),
        Some("2.55"),
        Some("United Kingdom"),
        Some("white"),
    ],
    [
        None,
        Some("C536999"),
        Some("2011-12-09 12:50:00"),
        Some("-3"),
        Some("0"),
        Some("France"),
        Some("50% off"),
    ],
    [
        Some("17850"),
        Some("536366"),
        Some("2011-01-04 10:00:00"),
        None,
        Some("12.75"),
        Some("EIRE"),
        None,
    ],
    [Some("12347"), None, None, Some("100"), None, None, Some("a_b")],
    [
        Some("abc"),
        Some(""),
        Some("2011-12-10 09:00:00"),
        Some("0"),
        Some("-1.5"),
        Some("Unité"),
        Some("A_B%c"),
    ],
    [
        Some("12346"),
        Some("536365"),
        Some("2010-12-01 08:26:00"),
        Some("7"),
        Some("2.0"),
        Some("united kingdom"),
        Some("line\nbreak"),
    ],
];

fn parse(sql: &str) -> Result<Condition, String> {
    let place = Place::option("--where");
    Condition::parse(sql, &columns(), &place).map_err(|error| error.to_string())
}

/// What a condition says of each line: t, f, or n for NULL.
fn answers(sql: &str) -> String {
    let condition = parse(sql).unwrap_or_else(|fault| panic!("{sql}: {fault}"));
    LINES
        .iter()
        .map(|line| match condition.holds(&Line(*line)) {
            Some(true) => 't',
            Some(false) => 'f',
            None => 'n',
        })
        .collect()
}

#[test]
fn conditions_hold_where_they_do_in_sqlite() {
    for (sql, expected) in sqlite::ASKED {
        assert_eq!(answers(sql), *expected, "{sql}");
    }
}

/// What SQLite has not, or has otherwise; by hand.
#[test]
fn conditions_hold_where_the_standard_says() {
    let cases = [
        ("country ILIKE 'UNITED%'", "tffnft"),
        ("country ILIKE 'unitÉ'", "fffntf"),
        ("(quantity > 0) IS UNKNOWN", "fftfff"),
        ("(quantity > 0) IS NOT UNKNOWN", "ttfttt"),
        // A date alone is its midnight.
        ("date <= DATE '2011-12-09'", "tftnft"),
        ("date < DATE '2011-12-10'", "tttnft"),
        ("date > TIMESTAMP '2011-12-09 12:49:59'", "ftfntf"),
        ("date = '2011-12-09T12:50'", "ftfnff"),
        ("date >= '20111209'", "ftfntf"),
        ("date IN (DATE '2011-12-09', NULL)", "nnnnnn"),
        // The remainder has the sign of the dividend, and may be broken.
        ("quantity % 4 = -3", "ftnfff"),
        ("price % 1 = 0.75", "fftnff"),
        ("price % 1 = -0.5", "fffntf"),
        ("[Unit Price] = 2.55", "tffnff"),
        ("`Unit Price` = 2.55", "tffnff"),
        ("PRICE = 2.55 AND invoiceno = '536365'", "tffnff"),
        // A column of no role is a number beside numbers; what is none is NULL.
        ("note * 2 = 4", "nnnnnn"),
        ("note < 4", "nnnnnn"),
        ("note = country", "ffnnff"),
        // What is too large for a number is NULL.
        ("quantity * 1e308 * 10 > 0", "nnnnfn"),
    ];
    for (sql, expected) in cases {
        assert_eq!(answers(sql), expected, "{sql}");
    }
}

#[test]
fn the_columns_used_are_known() {
    let used = |sql| parse(sql).unwrap().columns_used().to_vec();
    assert_eq!(used("price * quantity > 3 AND \"Unit Price\" IN (1, quantity)"), [3, 4]);
    assert_eq!(used("1 = 1"), [0; 0]);
}

/// The first line of each fault, and its hint.
fn faults(sql: &str) -> Vec<String> {
    let fault = parse(sql).err().unwrap_or_else(|| panic!("{sql} was read"));
    let lines: Vec<&str> = fault.lines().collect();
    let first = |line: &&&str| line.starts_with("error[");
    lines.iter().filter(first).map(|line| line.trim_start_matches("error").to_string()).collect()
}

#[test]
fn what_is_not_read_is_refused_by_its_name() {
    let named = [
        ("upper(country) = 'X'", "the function upper"),
        ("quantity > (SELECT 1)", "a subquery"),
        ("quantity IN (SELECT 1)", "a subquery"),
        ("EXISTS (SELECT 1)", "EXISTS"),
        ("CASE WHEN quantity > 0 THEN TRUE END", "CASE"),
        ("CAST(note AS INT) > 0", "CAST"),
        ("note::INT > 0", "CAST"),
        ("extract(year FROM date) = 2011", "EXTRACT"),
        ("country || 'x' = 'x'", "the operator ||"),
        ("country SIMILAR TO 'x'", "SIMILAR TO"),
        ("country RLIKE 'x'", "RLIKE or REGEXP"),
        ("sales.country = 'x'", "the name sales.country; columns have no table before them"),
        ("country IS DISTINCT FROM 'x'", "IS DISTINCT FROM"),
        ("quantity = ANY(1)", "ANY"),
        ("quantity & 1 = 1", "the operator &"),
        ("date > INTERVAL '1' DAY", "INTERVAL"),
        ("TIME '08:00' < date", "a literal of the type TIME"),
        (
            "TIMESTAMP WITH TIME ZONE '2011-01-01' < date",
            "a literal of the type TIMESTAMP WITH TIME ZONE",
        ),
        ("(quantity, price) = (1, 2)", "a list outside of IN"),
        ("country COLLATE nocase = 'x'", "COLLATE"),
        ("quantity = ?", "the placeholder ?"),
        ("country = X'41'", "this kind of literal"),
    ];
    for (sql, name) in named {
        let expected = format!("[condition-unsupported]: a condition cannot use {name}");
        assert!(faults(sql).contains(&expected), "{sql}: {:?}", faults(sql));
    }
}

#[test]
fn kinds_that_do_not_go_together_are_refused_in_words() {
    let refused = [
        ("quantity > 'five'", "the number of “Quantity” cannot be compared with the text 'five'"),
        ("customer = 12346", "the text of “CustomerID” cannot be compared with the number 12346"),
        ("date > 5", "the date of “InvoiceDate” cannot be compared with the number 5"),
        (
            "date > country",
            "the date of “InvoiceDate” cannot be compared with the text of “Country”",
        ),
        ("date > '9/12/2011'", "“9/12/2011” is no date with its year first"),
        ("date > DATE 'soon'", "“soon” is no date with its year first"),
        (
            "date > '2011-12-09T00:00Z'",
            "“2011-12-09T00:00Z” names a time zone; the dates of the lines are those of the local \
             calendar",
        ),
        ("quantity", "the number of “Quantity” stands where a condition is wanted"),
        ("quantity AND TRUE", "the number of “Quantity” stands where a condition is wanted"),
        ("country + 1 > 0", "the text of “Country” stands where a number is wanted"),
        ("(quantity > 0) = 1", "a condition cannot be compared with the number 1"),
        ("quantity LIKE '1%'", "LIKE is for texts, not for the number of “Quantity”"),
        ("country LIKE note", "the pattern of LIKE is not a text"),
        ("country LIKE 'x!' ESCAPE '!'", "the pattern “x!” ends in its escape letter"),
        ("country LIKE 'x' ESCAPE '!!'", "ESCAPE takes one letter"),
        ("quantity > 1e999", "“1e999” is too large a number"),
        ("", "the condition is empty"),
    ];
    for (sql, message) in refused {
        assert_eq!(faults(sql), [format!("[condition-invalid]: {message}")], "{sql}");
    }
    for broken in
        ["quantity >", "quantity > 0 0", "quantity > 0)", "(quantity > 0", "a = 'x", ";", "= 1"]
    {
        let faults = faults(broken);
        let start = "[condition-invalid]: the condition is not SQL: ";
        assert!(faults.len() == 1 && faults[0].starts_with(start), "{broken}: {faults:?}");
    }
}

#[test]
fn all_faults_are_told_at_once() {
    let told =
        parse("lower(country) = 'x' AND quantty > 'a' OR country = \"France\" AND price = 'b'");
    assert_eq!(
        told.unwrap_err(),
        "error[condition-unsupported]: a condition cannot use the function lower\n  --> --where\n  \
         help: accepted are = <> < <= > >=, AND, OR, NOT, IN (…), BETWEEN, LIKE, ILIKE, IS NULL, IS \
         TRUE, + - * / %, numbers, 'texts', DATE '…' and TIMESTAMP '…'\n\
         error[column-unknown]: there is no column “quantty”\n  --> --where\n  help: did you mean \
         quantity?\n\
         error[column-unknown]: there is no column “France”\n  --> --where\n  help: a text stands in \
         single quotes: 'France'; the columns are CustomerID, InvoiceNo, InvoiceDate, Quantity, Unit \
         Price, Country and note\n\
         error[condition-invalid]: the number of “Unit Price” cannot be compared with the text \
         'b'\n  --> --where\n  help: a number stands without quotes: price > 2.5"
    );
}

#[test]
fn a_name_of_two_columns_is_refused_and_quotes_decide() {
    let mut columns = columns();
    columns[6].name = "Date".to_string();
    let place = Place::option("--where");
    let parse = |sql| Condition::parse(sql, &columns, &place);
    let told = parse("date > '2011-01-01'").unwrap_err().to_string();
    assert!(told.contains("help: write \"Date\" for the one and \"InvoiceDate\" for the other"));
    assert_eq!(parse("\"Date\" = 'x'").unwrap().columns_used(), [6]);
    assert_eq!(parse("\"InvoiceDate\" = '2011-01-01'").unwrap().columns_used(), [2]);
}

/// On a thread with the small stack of a test.
#[test]
fn no_depth_and_no_length_breaks_the_stack() {
    let all = |part: &str, between: &str, times: usize| vec![part; times].join(between);
    let many = format!("customer IN ({})", all("'12346'", ", ", 100_000));
    assert_eq!(answers(&many), "tnffft");
    assert_eq!(answers(&all("quantity > 0", " AND ", 400)), answers("quantity > 0"));
    assert_eq!(answers(&all("quantity > 0", " OR ", 400)), answers("quantity > 0"));
    let nested = |times: usize| format!("{}quantity > 0{}", "(".repeat(times), ")".repeat(times));
    assert_eq!(answers(&nested(39)), answers("quantity > 0"));
    let chain = |operator: &str| format!("quantity > {}", all("1", operator, 100_000));
    let refused = [
        nested(10_000),
        "(".repeat(10_000),
        all("quantity > 0", " AND ", 100_000),
        all("quantity > 0", " OR NOT ", 100_000),
        chain(" + "),
        chain("-"),
        format!("quantity > {}1", "- ".repeat(100_000)),
        format!("{}quantity > 0", "NOT ".repeat(100_000)),
        format!("quantity{}", " IS NULL".repeat(100_000)),
        format!("quantity{}", " BETWEEN 1 AND 2".repeat(100_000)),
        format!("note{}", " LIKE 'a'".repeat(100_000)),
        format!("quantity = {}", all("1", " = ", 100_000)),
        format!("quantity IN ({})", all("1 + 1", " - ", 100_000)),
        format!("quantity IN ({}1{})", "(1, ".repeat(10_000), ")".repeat(10_000)),
        format!("{}1{}", "f(".repeat(10_000), ")".repeat(10_000)),
        format!("{}1", "CASE WHEN ".repeat(10_000)),
        format!("{}1{}", "[".repeat(10_000), "]".repeat(10_000)),
        format!("quantity{}", "[1]".repeat(10_000)),
        format!("quantity{}", "::int".repeat(100_000)),
        format!("{}1", "DATE ".repeat(100_000)),
        format!("{}1", "INTERVAL ".repeat(100_000)),
        format!("quantity{}", ".a".repeat(100_000)),
        format!("{}1", "EXISTS (SELECT ".repeat(10_000)),
    ];
    for sql in refused {
        assert!(parse(&sql).is_err(), "{}…", &sql[..60]);
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(sql in ".{0,60}") {
        let _ = parse(&sql);
    }

    #[test]
    fn any_words_are_read_or_refused(
        words in proptest::collection::vec(
            prop_oneof![
                Just("quantity"), Just("\"Unit Price\""), Just("country"), Just("date"), Just("note"),
                Just("'x'"), Just("'2011-12-09'"), Just("1"), Just("0.5"), Just("NULL"), Just("TRUE"),
                Just("AND"), Just("OR"), Just("NOT"), Just("IN"), Just("("), Just(")"), Just(","),
                Just("BETWEEN"), Just("LIKE"), Just("ESCAPE"), Just("IS"), Just("="), Just("<"),
                Just("+"), Just("-"), Just("*"), Just("/"), Just("%"), Just("DATE"), Just("CASE"),
                Just("WHEN"), Just("["), Just("]"), Just("::"), Just("."), Just("SELECT"), Just("||"),
            ],
            0..16,
        ),
    ) {
        if let Ok(condition) = parse(&words.join(" ")) {
            for line in LINES {
                let _ = condition.holds(&Line(line));
            }
        }
    }

    /// Against the plain definition: `%` takes some letters away, `_` one.
    #[test]
    fn patterns_match_as_they_are_defined(text in "[ab%_]{0,8}", pattern in "[ab%_!]{0,8}") {
        fn plain(pattern: &[u8], text: &[u8]) -> bool {
            match (pattern, text) {
                ([], text) => text.is_empty(),
                ([b'%', rest @ ..], text) => {
                    (0..=text.len()).any(|taken| plain(rest, &text[taken..]))
                }
                ([b'!', letter, rest @ ..], [first, after @ ..]) => {
                    letter == first && plain(rest, after)
                }
                ([b'_', rest @ ..], [_, after @ ..]) => plain(rest, after),
                ([letter, rest @ ..], [first, after @ ..]) => letter == first && plain(rest, after),
                (_, []) => false,
            }
        }
        if let Some(ready) = pattern::Pattern::new(&pattern, Some('!'), true) {
            let expected = plain(pattern.as_bytes(), text.as_bytes());
            prop_assert_eq!(ready.matches(text.as_bytes()), expected);
        }
    }
}
