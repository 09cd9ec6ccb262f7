//! A job as it stands in its file, and checked.

use super::{Job, KIND, Limits};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::model::gather::{Text, gather};
use serde::Deserialize;
use std::path::PathBuf;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Draft {
    kind: Spanned<String>,
    name: String,
    run: Spanned<Vec<String>>,
    output: Spanned<String>,
    log: Option<String>,
    keep: Option<Spanned<i64>>,
    #[serde(default)]
    limits: DraftLimits,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct DraftLimits {
    rows_fewer: Option<Spanned<f64>>,
    customers_fewer: Option<Spanned<f64>>,
    set_aside: Option<Spanned<f64>>,
    moved: Option<Spanned<f64>>,
    #[serde(default)]
    warnings: Vec<Spanned<String>>,
}

/// How many results are kept unless a job says otherwise.
const KEPT: usize = 5;

/// What a job decides itself, so that its command must not.
const OWN: [&str; 6] = ["-o", "--output", "--force", "--format", "--html", "--only"];

pub(super) fn job(text: &str, file: &str, log: &mut Diagnostics) -> Option<Job> {
    let text = Text::new(file, text);
    let mut own = Diagnostics::new();
    let draft: Option<Draft> = gather(&text, &mut own);
    let job = draft.map(|draft| checked(draft, &text, &mut own));
    let is_sound = !own.is_faulty();
    log.extend(own);
    job.filter(|_| is_sound)
}

fn checked(draft: Draft, text: &Text, log: &mut Diagnostics) -> Job {
    let mut fault = |span: std::ops::Range<usize>, key: &str, message: String, hint: &str| {
        let fault = Diagnostic::error(Code::JobInvalid, message).at(text.place(&span, Some(key)));
        log.push(fault.hint(hint));
    };
    if draft.kind.get_ref() != KIND {
        let message = format!("the file is of the kind {}", draft.kind.get_ref());
        fault(draft.kind.span(), "kind", message, "a job says kind = \"job\"");
    }
    let run = draft.run.get_ref();
    if !run.first().is_some_and(|command| ["evaluate", "rfm"].contains(&command.as_str())) {
        let message = "a job runs `evaluate` or `rfm`".to_string();
        fault(draft.run.span(), "run", message, "begin with one: run = [\"rfm\", \"sales.csv\"]");
    }
    for word in run {
        let option = word.split('=').next().unwrap_or_default();
        if OWN.contains(&option) {
            let message = format!("`{option}` is for the job to decide");
            fault(draft.run.span(), "run", message, "leave it out; `output` names the folder");
        }
    }
    if draft.output.get_ref().is_empty() {
        let message = "the folder has no name".to_string();
        fault(draft.output.span(), "output", message, "such as output = \"reports/weekly\"");
    }
    let keep = draft.keep.as_ref().map_or(Ok(KEPT), |keep| {
        usize::try_from(*keep.get_ref()).ok().filter(|keep| *keep > 0).ok_or(keep)
    });
    if let Err(keep) = keep {
        let message = format!("{} results", keep.get_ref());
        fault(keep.span(), "keep", message, "a whole number from 1");
    }
    let limits = &draft.limits;
    let mut share = |given: &Option<Spanned<f64>>, key: &str| -> Option<f64> {
        let given = given.as_ref()?;
        if !(0.0..=1.0).contains(given.get_ref()) {
            let message = format!("a share of {}", given.get_ref());
            fault(given.span(), key, message, "from 0 to 1");
        }
        Some(*given.get_ref())
    };
    let (rows_fewer, customers_fewer, set_aside, moved) = (
        share(&limits.rows_fewer, "rows_fewer"),
        share(&limits.customers_fewer, "customers_fewer"),
        share(&limits.set_aside, "set_aside"),
        share(&limits.moved, "moved"),
    );
    let mut warnings = Vec::new();
    for written in &limits.warnings {
        match Code::parse(written.get_ref()) {
            Some(code) => warnings.push(code),
            None => {
                let near = nearest(written.get_ref(), Code::ALL.iter().map(|code| code.as_str()));
                let hint = near.map_or("`custval explain` lists all codes".to_string(), |near| {
                    format!("did you mean {near}?")
                });
                let message = format!("there is no code `{}`", written.get_ref());
                fault(written.span(), "warnings", message, &hint);
            }
        }
    }
    Job {
        name: draft.name,
        run: draft.run.into_inner(),
        output: PathBuf::from(draft.output.into_inner()),
        log: draft.log.map(PathBuf::from),
        keep: keep.unwrap_or(KEPT),
        limits: Limits { rows_fewer, customers_fewer, set_aside, moved, warnings },
    }
}
