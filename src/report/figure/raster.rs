//! A figure as a picture (PNG) and as a page (PDF).

use super::Figure;
use super::font::Faces;
use crate::Error;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use resvg::tiny_skia::{Pixmap, Transform};
use svg2pdf::usvg::{Options, Tree};
use svg2pdf::{ConversionOptions, PageOptions};

/// Pixels of the picture for one of the drawing: 288 to the inch.
const SHARPNESS: f32 = 3.0;

/// Pixels of the drawing in an inch.
const PER_INCH: f32 = 96.0;

impl Figure {
    /// The figure as PNG, with 288 pixels to the inch. A warning tells of letters that no face on this
    /// machine has.
    ///
    /// # Errors
    /// [`Error::Failure`] where it cannot be drawn, which would be a defect of ours.
    pub fn png(&self, log: &mut Diagnostics) -> Result<Vec<u8>, Error> {
        let tree = self.tree(log)?;
        let size = tree.size().to_int_size().scale_by(SHARPNESS);
        let size = size.ok_or_else(|| self.failed("has no size"))?;
        let canvas = Pixmap::new(size.width(), size.height());
        let mut canvas = canvas.ok_or_else(|| self.failed("is too large"))?;
        resvg::render(&tree, Transform::from_scale(SHARPNESS, SHARPNESS), &mut canvas.as_mut());
        canvas.encode_png().map_err(|error| self.failed(&error.to_string()))
    }

    /// The figure as a page of PDF of its own size, with its letters embedded. A warning tells of letters that
    /// no face on this machine has.
    ///
    /// # Errors
    /// [`Error::Failure`] where it cannot be drawn, which would be a defect of ours.
    pub fn pdf(&self, log: &mut Diagnostics) -> Result<Vec<u8>, Error> {
        let page = PageOptions { dpi: PER_INCH };
        svg2pdf::to_pdf(&self.tree(log)?, ConversionOptions::default(), page)
            .map_err(|error| self.failed(&error.to_string()))
    }

    fn tree(&self, log: &mut Diagnostics) -> Result<Tree, Error> {
        let faces = Faces::of(&self.svg);
        if !faces.lacking.is_empty() {
            let some: String = faces.lacking.iter().take(10).collect();
            let message = format!(
                "no face on this machine has {} letters of the figure {}, such as {some}",
                faces.lacking.len(),
                self.name
            );
            log.push(
                Diagnostic::warning(Code::FaceMissing, message).hint(
                    "install a face that has them, such as Noto Sans CJK, or take --format svg",
                ),
            );
        }
        let options = Options {
            fontdb: faces.database,
            font_family: "Liberation Sans".to_string(),
            ..Options::default()
        };
        Tree::from_str(&self.svg, &options).map_err(|error| self.failed(&error.to_string()))
    }

    fn failed(&self, why: &str) -> Error {
        Error::internal(format!("the figure {} cannot be drawn: {why}", self.name))
    }
}
