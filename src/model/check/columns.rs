//! The columns of sales lines that a draft maps.

use super::Checker;
use crate::diagnostic::{Code, nearest};
use crate::role::Role;
use crate::text::list;
use std::collections::BTreeMap;
use toml::Spanned;

impl Checker<'_> {
    pub fn columns(
        &mut self,
        written: &BTreeMap<String, Spanned<String>>,
    ) -> BTreeMap<Role, String> {
        let mut columns = BTreeMap::new();
        for (name, header) in written {
            match Role::parse(name) {
                Some(role) => {
                    columns.insert(role, header.get_ref().clone());
                }
                None => {
                    let names = Role::ALL.map(Role::name);
                    let hint = match nearest(name, names) {
                        Some(near) => format!("did you mean {near}?"),
                        None => format!("roles: {}", list(&names)),
                    };
                    let message = format!("there is no role “{name}” of columns");
                    self.fault(Code::ModelSourceInvalid, header, "columns", message, hint);
                }
            }
        }
        columns
    }
}
