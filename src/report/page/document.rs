//! A page as a document: its policy, its blocks of figures, its two scripts.

use super::Language;
use crate::Error;
use crate::report::markup::html_text;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::Serialize;
use sha2::{Digest, Sha256};

pub(super) const STYLE: &str = include_str!("page.css");
pub(super) const WORDS: &str = include_str!("words.json");
/// The texts that the program itself puts into results — names of metrics, reasons, segments of built-in
/// maps — in Chinese.
pub(super) const TERMS: &str = include_str!("terms.json");
/// Sentences that the program itself puts into results, with places for what varies, in Chinese.
pub(super) const SENTENCES: &str = include_str!("sentences.json");
pub(super) const ECHARTS: &str = include_str!("vendor/echarts.js");
const NOTICE: &str = include_str!("vendor/echarts.NOTICE");
const LICENCE: &str = include_str!("vendor/echarts.LICENSE");

/// What a page is made of.
pub(super) struct Document<'a> {
    pub language: Language,
    pub made_by: &'a str,
    pub title: &'a str,
    /// What is read where no program runs.
    pub finding: &'a str,
    /// Figures as JSON, each under the name by which the program reads it.
    pub blocks: Vec<(&'static str, String)>,
    pub program: String,
}

impl Document<'_> {
    /// The HTML. A Content-Security-Policy in it allows its own two scripts, by their hashes, and nothing
    /// from outside.
    pub fn html(&self) -> String {
        let program = &self.program;
        let policy = format!(
            "default-src 'none'; script-src {} {}; style-src 'unsafe-inline'; img-src data: blob:; \
             base-uri 'none'; form-action 'none'",
            hash(ECHARTS),
            hash(program)
        );
        let (language, title) = (self.language, html_text(self.title));
        let mut page = String::new();
        page += "<!doctype html>\n";
        page += &format!("<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n");
        page += &format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n");
        page += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
        page += &format!("<meta name=\"generator\" content=\"{}\">\n", html_text(self.made_by));
        page += &format!("<title>{title}</title>\n");
        page += &format!("<style>\n{STYLE}</style>\n</head>\n<body>\n<main id=\"report\">\n");
        page += &format!(
            "<div id=\"still\"><h1>{title}</h1><p>{}</p></div>\n</main>\n",
            html_text(self.finding)
        );
        for (id, json) in &self.blocks {
            page += &block(id, json);
        }
        page += &format!(
            "<script type=\"text/plain\" id=\"licence\">{}</script>\n",
            html_text(&format!("{NOTICE}\n{LICENCE}"))
        );
        page +=
            &format!("<script>{ECHARTS}</script>\n<script>{program}</script>\n</body>\n</html>\n");
        page
    }
}

/// How a policy names a script: by the hash of its text.
fn hash(script: &str) -> String {
    format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(script.as_bytes())))
}

/// Figures that the program reads. No text in them can end the block.
pub(super) fn block(id: &str, json: &str) -> String {
    let safe =
        json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
    format!("<script type=\"application/json\" id=\"{id}\">{safe}</script>\n")
}

pub(super) fn json(value: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(value)
        .map_err(|error| Error::internal(format!("cannot write the page's figures: {error}")))
}
