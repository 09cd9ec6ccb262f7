//! `custval schema`: the JSON Schema of a model file.

use super::print;
use custval::Error;

/// Print the JSON Schema of a model file, by which editors complete and check it
#[derive(clap::Args)]
#[command(after_help = "\
Example:
  custval schema > custval-model.schema.json
and as the first line of the model:
  #:schema ./custval-model.schema.json")]
pub(crate) struct Args {}

pub(crate) fn run(_: Args) -> Result<(), Error> {
    print(&custval::model::schema())
}
