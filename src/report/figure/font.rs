//! The faces in which figures are set as pictures: one that the program brings, and those of the machine
//! where it has not the letters.

use std::collections::BTreeSet;
use std::sync::Arc;
use svg2pdf::usvg::fontdb::Database;

const FACE: &[u8] = include_bytes!("vendor/LiberationSans-Regular.ttf");

/// Faces that have the letters of a text.
pub(super) struct Faces {
    pub(super) database: Arc<Database>,
    /// The letters that no face has.
    pub(super) lacking: BTreeSet<char>,
}

impl Faces {
    /// The face that the program brings, and those of the machine only where it lacks a letter, so that other
    /// texts look the same on any machine.
    pub(super) fn of(text: &str) -> Faces {
        let mut database = Database::new();
        database.load_font_data(FACE.to_vec());
        database.set_sans_serif_family("Liberation Sans");
        let mut lacking: BTreeSet<char> = text.chars().filter(|c| !c.is_control()).collect();
        lacking.retain(|c| !has(&database, *c));
        if !lacking.is_empty() {
            database.load_system_fonts();
            lacking.retain(|c| !has(&database, *c));
        }
        Faces { database: Arc::new(database), lacking }
    }
}

fn has(database: &Database, c: char) -> bool {
    database.faces().any(|face| {
        let found = database.with_face_data(face.id, |data, index| {
            ttf_parser::Face::parse(data, index).ok().and_then(|face| face.glyph_index(c))
        });
        found.flatten().is_some()
    })
}
