//! The report as one HTML page that opens offline: no file beside it, no network.

mod data;

use crate::Error;
use crate::evaluation::Evaluation;
use crate::report::finding;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use data::Data;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;

const STYLE: &str = include_str!("page.css");
const WORDS: &str = include_str!("words.json");
const ECHARTS: &str = include_str!("vendor/echarts.js");
const NOTICE: &str = include_str!("vendor/echarts.NOTICE");
const LICENCE: &str = include_str!("vendor/echarts.LICENSE");

/// The parts of the page's own program, in the order in which they run.
const PARTS: [&str; 11] = [
    include_str!("js/base.js"),
    include_str!("js/table.js"),
    include_str!("js/figure.js"),
    include_str!("js/classing.js"),
    include_str!("js/matrix.js"),
    include_str!("js/customers.js"),
    include_str!("js/weights.js"),
    include_str!("js/sure.js"),
    include_str!("js/heading.js"),
    include_str!("js/plan.js"),
    concat!(include_str!("js/method.js"), include_str!("js/main.js")),
];

/// The language in which the page is first shown; the reader can change it there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Chinese, in simplified characters.
    Zh,
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Language::En => "en",
            Language::Zh => "zh",
        })
    }
}

impl FromStr for Language {
    type Err = String;

    fn from_str(word: &str) -> Result<Language, String> {
        match word {
            "en" => Ok(Language::En),
            "zh" => Ok(Language::Zh),
            _ => Err("expected one of en, zh".to_string()),
        }
    }
}

/// The page of an evaluation. The same evaluation gives the same bytes.
///
/// A Content-Security-Policy in it allows its own two scripts, by their hashes, and nothing from outside.
///
/// # Errors
/// [`Error::Failure`] where the figures cannot be written as JSON, which would be a defect of ours.
pub fn page(evaluation: &Evaluation, language: Language) -> Result<String, Error> {
    let program = PARTS.concat();
    let (data, scores) = Data::of(evaluation, language);
    let policy = format!(
        "default-src 'none'; script-src {} {}; style-src 'unsafe-inline'; img-src data: blob:; \
         base-uri 'none'; form-action 'none'",
        hash(ECHARTS),
        hash(&program)
    );
    let mut page = String::new();
    page += "<!doctype html>\n";
    page += &format!("<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n", language);
    page += &format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n");
    page += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
    page += &format!("<meta name=\"generator\" content=\"{}\">\n", escaped(&evaluation.made_by));
    page += &format!("<title>{}</title>\n", escaped(&evaluation.model.title));
    page += &format!("<style>\n{STYLE}</style>\n</head>\n<body>\n<main id=\"report\">\n");
    page += &format!(
        "<div id=\"still\"><h1>{}</h1><p>{}</p></div>\n</main>\n",
        escaped(&evaluation.model.title),
        escaped(&finding(evaluation))
    );
    page += &block("data", &json(&data)?);
    page += &block("scores", &json(&scores)?);
    page += &block("words", WORDS.trim_end());
    page += &format!(
        "<script type=\"text/plain\" id=\"licence\">{}</script>\n",
        escaped(&format!("{NOTICE}\n{LICENCE}"))
    );
    page += &format!("<script>{ECHARTS}</script>\n<script>{program}</script>\n</body>\n</html>\n");
    Ok(page)
}

/// How a policy names a script: by the hash of its text.
fn hash(script: &str) -> String {
    format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(script.as_bytes())))
}

/// Figures that the program reads. No text in them can end the block.
fn block(id: &str, json: &str) -> String {
    let safe =
        json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
    format!("<script type=\"application/json\" id=\"{id}\">{safe}</script>\n")
}

fn json(value: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(value)
        .map_err(|error| Error::internal(format!("cannot write the page's figures: {error}")))
}

/// A text as HTML shows it.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '"' => escaped += "&quot;",
            '\'' => escaped += "&#39;",
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests;
