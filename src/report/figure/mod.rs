//! The figures of a report for papers: those of the page, drawn without a browser.

mod font;
mod raster;

use super::page::{Drawing, Language};
use crate::Error;
use crate::evaluation::Evaluation;
use crate::rfm::Analysis;
use rquickjs::{Context, Runtime};
use serde::Deserialize;

/// A figure.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Figure {
    /// Its machine name, such as `value-matrix`: the name of its file.
    pub name: String,
    /// Its title.
    pub title: String,
    /// What it shows, or how to read it.
    pub note: String,
    /// The drawing as SVG.
    pub svg: String,
}

/// How a figure's text is set: a face that this program brings, or those as wide as it.
const FONT: &str = "Liberation Sans, Arial, Helvetica, sans-serif";

/// Drawing goes deep into nested calls.
const STACK: usize = 16 << 20;

/// The figures of an evaluation, `width` wide in pixels of 1/96 inch.
///
/// # Errors
/// [`Error::Failure`] where a figure cannot be drawn, which would be a defect of ours.
pub fn figures(
    evaluation: &Evaluation,
    language: Language,
    width: u32,
) -> Result<Vec<Figure>, Error> {
    drawn(Drawing::of_evaluation(evaluation, language)?, width)
}

/// The figures of an analysis of sales, `width` wide in pixels of 1/96 inch.
///
/// # Errors
/// [`Error::Failure`] where a figure cannot be drawn, which would be a defect of ours.
pub fn sales_figures(
    analysis: &Analysis,
    language: Language,
    width: u32,
) -> Result<Vec<Figure>, Error> {
    drawn(Drawing::of_sales(analysis, language)?, width)
}

fn drawn(drawing: Drawing, width: u32) -> Result<Vec<Figure>, Error> {
    let draw = move || run(&drawing, width);
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(draw);
    let thread = thread.map_err(|error| Error::internal(format!("cannot draw: {error}")))?;
    let drawn = thread.join().unwrap_or_else(|_| Err("the drawing ended".to_string()));
    let drawn = drawn.map_err(|error| Error::internal(format!("cannot draw: {error}")))?;
    serde_json::from_str(&drawn)
        .map_err(|error| Error::internal(format!("cannot read what was drawn: {error}")))
}

/// Runs the page's program up to its figures.
fn run(drawing: &Drawing, width: u32) -> Result<String, String> {
    let runtime = Runtime::new().map_err(|error| error.to_string())?;
    runtime.set_max_stack_size(STACK / 2);
    let context = Context::full(&runtime).map_err(|error| error.to_string())?;
    context.with(|ctx| {
        let run = || -> rquickjs::Result<String> {
            let globals = ctx.globals();
            let blocks = rquickjs::Object::new(ctx.clone())?;
            for (name, json) in &drawing.blocks {
                blocks.set(*name, json.as_str())?;
            }
            globals.set("custvalBlocks", blocks)?;
            globals.set("custvalStyle", drawing.style)?;
            globals.set("custvalFont", FONT)?;
            for script in &drawing.scripts {
                ctx.eval::<(), _>(*script)?;
            }
            ctx.eval(format!("custval.drawing({width})"))
        };
        run().map_err(|error| match ctx.catch().as_exception() {
            Some(thrown) => format!("{error}: {thrown}"),
            None => error.to_string(),
        })
    })
}
