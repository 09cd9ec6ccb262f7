//! `custval completions`: completions for a shell.

use super::print;
use clap_complete::Shell;
use custval::Error;

/// Print completions for a shell
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  custval completions bash > ~/.local/share/bash-completion/completions/custval
  custval completions zsh  > ~/.zfunc/_custval
  custval completions fish > ~/.config/fish/completions/custval.fish")]
pub(crate) struct Args {
    /// The shell
    shell: Shell,
}

pub(crate) fn run(args: Args, mut command: clap::Command) -> Result<(), Error> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "custval", &mut script);
    print(&String::from_utf8_lossy(&script))
}
