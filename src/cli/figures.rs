//! `custval figures`: the figures of a result, for papers and slides.

use super::options::word;
use super::output::Output;
use super::{Format, conclude};
use custval::Error;
use custval::diagnostic::Diagnostics;
use custval::report::Language;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

/// Draw the figures of a result, for papers and slides
#[derive(clap::Args)]
#[command(after_help = "\
RESULT is the result.json that `custval evaluate` or `custval rfm` has written. Each figure of the report's
page is a file of its own, named as it is.

Examples:
  custval figures out/result.json -o figures
  custval figures out/result.json -o figures --format pdf --only value-matrix,weights
  custval figures out/result.json -o figures --format png --lang zh --width 1200")]
pub(crate) struct Args {
    /// The result.json of `custval evaluate` or `custval rfm`
    result: String,

    /// The folder for the figures
    #[arg(long, short, value_name = "DIR", required = true)]
    output: PathBuf,

    /// What they are written as: svg (default), png (288 pixels to the inch), or pdf
    #[arg(long, value_name = "FORMAT")]
    format: Option<String>,

    /// Only these figures, such as value-matrix,weights (by default all that there are)
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    only: Vec<String>,

    /// The language of their words, en (default) or zh
    #[arg(long, value_name = "LANGUAGE")]
    lang: Option<String>,

    /// How wide they are, in pixels of 1/96 inch (default 900)
    #[arg(long, value_name = "PIXELS")]
    width: Option<u32>,

    /// Write over files that are there already
    #[arg(long)]
    force: bool,
}

/// What a figure is written as.
#[derive(Clone, Copy, Default)]
enum Picture {
    #[default]
    Svg,
    Png,
    Pdf,
}

impl FromStr for Picture {
    type Err = String;

    fn from_str(word: &str) -> Result<Picture, String> {
        match word {
            "svg" => Ok(Picture::Svg),
            "png" => Ok(Picture::Png),
            "pdf" => Ok(Picture::Pdf),
            _ => Err("expected one of svg, png, pdf".to_string()),
        }
    }
}

impl fmt::Display for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Picture::Svg => "svg",
            Picture::Png => "png",
            Picture::Pdf => "pdf",
        })
    }
}

pub(crate) fn run(args: Args) -> Result<(), Error> {
    let mut log = Diagnostics::new();
    let result = drawn(&args, &mut log);
    let output = conclude(result, &log, Format::Text)?;
    output.keep_off(std::slice::from_ref(&args.result))?;
    output.write(args.force)
}

#[cfg(not(feature = "figures"))]
fn drawn<'a>(args: &Args, log: &mut Diagnostics) -> Result<Output<'a>, Error> {
    use custval::diagnostic::{Code, Diagnostic};
    let _: (Option<Picture>, Option<Language>) =
        (word(&args.format, "--format", log), word(&args.lang, "--lang", log));
    log.push(
        Diagnostic::error(Code::FeatureMissing, "this build of custval does not draw figures")
            .hint(
                "take a released program, or build with `cargo install --path . --features full`",
            ),
    );
    log.refuse_if_faulty()?;
    Ok(Output::default())
}

#[cfg(feature = "figures")]
fn drawn<'a>(args: &Args, log: &mut Diagnostics) -> Result<Output<'a>, Error> {
    use super::options::fault;
    use custval::kept::Kept;
    use custval::report::{figures, sales_figures};
    use custval::text::list;

    const WIDTHS: std::ops::RangeInclusive<u32> = 300..=4000;
    let picture: Picture = word(&args.format, "--format", log).unwrap_or_default();
    let language: Language = word(&args.lang, "--lang", log).unwrap_or_default();
    let width = args.width.unwrap_or(900);
    if !WIDTHS.contains(&width) {
        log.push(fault(format!("a width of {width}"), "--width").hint("from 300 to 4000"));
    }
    let kept = Kept::open(&args.result, log);
    log.refuse_if_faulty()?;
    super::progress("drawing");
    let all = match kept {
        Some(Kept::Evaluation(evaluation)) => figures(&evaluation, language, width)?,
        Some(Kept::Analysis(analysis)) => sales_figures(&analysis, language, width)?,
        None => return Err(Error::internal("a result without faults is missing")),
    };
    let names: Vec<&str> = all.iter().map(|figure| figure.name.as_str()).collect();
    for wanted in args.only.iter().filter(|wanted| !names.contains(&wanted.as_str())) {
        let message = format!("there is no figure `{wanted}` of this result");
        log.push(fault(message, "--only").hint(format!("there are {}", list(&names))));
    }
    log.refuse_if_faulty()?;
    let mut output = Output::default();
    for figure in all.iter().filter(|one| args.only.is_empty() || args.only.contains(&one.name)) {
        let content = match picture {
            Picture::Svg => figure.svg.clone().into_bytes(),
            Picture::Png => figure.png(log)?,
            Picture::Pdf => figure.pdf(log)?,
        };
        output.add(args.output.join(format!("{}.{picture}", figure.name)), content);
    }
    Ok(output)
}
