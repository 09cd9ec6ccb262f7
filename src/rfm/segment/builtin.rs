//! The maps that come with custval.

macro_rules! maps {
    ($($name:literal),* $(,)?) => {
        /// Each map's name and its TOML text.
        pub(super) const MAPS: &[(&str, &str)] = &[
            $(($name, include_str!(concat!("../../../models/segments/", $name, ".toml"))),)*
        ];
    };
}

maps!(
    "rf-10",
    "rfm-10",
    "rfm-11",
    "rfm-11-r02",
    "quartiles-5",
    "notebook",
    "eight-groups",
    "deck-value",
    "deck-loyalty",
);
