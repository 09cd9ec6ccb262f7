//! The methods of a result in full sentences, with the works that they rest on.

mod evaluation;
mod sales;
mod works;

pub use works::Cited;

use super::markup::{latex_text, markdown_text};
use crate::evaluation::Evaluation;
use crate::rfm::Analysis;
use works::Work;

/// What was done, in the order in which it was done: the part of a paper that is called Methods.
///
/// Only what was used is told and cited, with the figures of the result.
#[derive(Clone, Debug, PartialEq)]
pub struct Methods {
    paragraphs: Vec<Vec<Sentence>>,
}

/// A sentence without its full stop, and what it cites.
#[derive(Clone, Debug, PartialEq)]
struct Sentence {
    text: String,
    works: Vec<Work>,
}

impl Methods {
    /// The methods of an evaluation.
    pub fn of_evaluation(found: &Evaluation) -> Methods {
        Methods::without_gaps(evaluation::paragraphs(found))
    }

    /// The methods of an analysis of sales.
    pub fn of_analysis(found: &Analysis) -> Methods {
        Methods::without_gaps(sales::paragraphs(found))
    }

    fn without_gaps(mut paragraphs: Vec<Vec<Sentence>>) -> Methods {
        paragraphs.retain(|paragraph| !paragraph.is_empty());
        Methods { paragraphs }
    }

    /// The works cited, in the order of first citing.
    pub fn works(&self) -> Vec<Cited> {
        let mut works: Vec<Work> = Vec::new();
        for work in self.paragraphs.iter().flatten().flat_map(|sentence| &sentence.works) {
            if !works.contains(work) {
                works.push(*work);
            }
        }
        works.into_iter().map(Work::cited).collect()
    }

    /// As plain text: sentences with authors and years, and the list of references.
    pub fn text(&self) -> String {
        self.written(str::to_string, |line| format!("{line}\n"), "References")
    }

    /// As Markdown.
    pub fn markdown(&self) -> String {
        let body = self.written(markdown_text, |line| format!("- {line}\n"), "## References");
        format!("## Methods\n\n{body}")
    }

    /// As LaTeX, with `\cite` and the keys of [`Methods::bibtex`].
    pub fn latex(&self) -> String {
        let told = |sentence: &Sentence| {
            let keys: Vec<&str> = sentence.works.iter().map(|work| work.cited().key).collect();
            match keys.as_slice() {
                [] => format!("{}.", latex_text(&sentence.text)),
                _ => format!("{}~\\cite{{{}}}.", latex_text(&sentence.text), keys.join(",")),
            }
        };
        self.paragraphs_of(told)
    }

    /// The works cited, for BibTeX.
    pub fn bibtex(&self) -> String {
        self.works().iter().map(Cited::bibtex).collect::<Vec<_>>().join("\n")
    }

    fn written(
        &self,
        escaped: impl Fn(&str) -> String,
        item: impl Fn(&str) -> String,
        heading: &str,
    ) -> String {
        let told = |sentence: &Sentence| {
            let short: Vec<String> =
                sentence.works.iter().map(|work| work.cited().short()).collect();
            match short.as_slice() {
                [] => format!("{}.", escaped(&sentence.text)),
                _ => format!("{} ({}).", escaped(&sentence.text), escaped(&short.join("; "))),
            }
        };
        let references =
            self.works().iter().map(|work| item(&escaped(&work.full()))).collect::<String>();
        format!("{}\n{heading}\n\n{references}", self.paragraphs_of(told))
    }

    fn paragraphs_of(&self, told: impl Fn(&Sentence) -> String) -> String {
        let paragraph =
            |all: &Vec<Sentence>| all.iter().map(&told).collect::<Vec<_>>().join(" ") + "\n";
        self.paragraphs.iter().map(paragraph).collect::<Vec<_>>().join("\n")
    }
}

/// A sentence that cites nothing.
fn say(text: impl Into<String>) -> Sentence {
    cite(text, &[])
}

/// A sentence with what it cites.
fn cite(text: impl Into<String>, works: &[Work]) -> Sentence {
    Sentence { text: text.into(), works: works.to_vec() }
}

/// The last sentence: what computed all this.
fn software(made_by: &str) -> Sentence {
    cite(format!("All computations were made with {made_by}"), &[Work::Custval])
}
