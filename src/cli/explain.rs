//! `custval explain`: the long story of a diagnostic.

use super::print;
use custval::Error;
use custval::diagnostic::{Code, Diagnostic, nearest};
use std::fmt::Write;

/// Tell the long story of a diagnostic, by the code in its brackets
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  custval explain judgement-date     why a typed 1/3 became a date, and how to mend it
  custval explain                    every code, with what it is about")]
pub(crate) struct Args {
    /// The code, such as judgement-missing; all codes are listed if it is left out
    code: Option<String>,
}

pub(crate) fn run(args: Args) -> Result<(), Error> {
    let Some(written) = args.code else {
        let mut list = String::new();
        for code in Code::ALL {
            let _ = writeln!(list, "{:<28} {}", code.as_str(), code.title());
        }
        return print(&list);
    };
    let Some(code) = Code::parse(&written) else {
        let hint = match nearest(&written, Code::ALL.iter().map(|code| code.as_str())) {
            Some(near) => format!("did you mean {near}?"),
            None => "`custval explain` lists all codes".to_string(),
        };
        let fault = Diagnostic::error(Code::OptionInvalid, format!("there is no code `{written}`"));
        return Err(fault.hint(hint).into());
    };
    let mut story = format!("{code}: {}\n", code.title());
    for paragraph in code.story().split("\n\n") {
        let _ = write!(story, "\n{}", wrapped(paragraph, 78));
    }
    print(&story)
}

fn wrapped(paragraph: &str, width: usize) -> String {
    let mut lines = vec![String::new()];
    for word in paragraph.split_whitespace() {
        let last = lines.len() - 1;
        if !lines[last].is_empty() && lines[last].chars().count() + 1 + word.chars().count() > width
        {
            lines.push(word.to_string());
        } else {
            if !lines[last].is_empty() {
                lines[last].push(' ');
            }
            lines[last].push_str(word);
        }
    }
    lines.join("\n") + "\n"
}
