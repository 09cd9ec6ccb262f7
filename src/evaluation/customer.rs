//! One customer's line of the result.

use crate::named::Named;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

/// One customer's values, rank, cluster and class.
///
/// Serialises as an object in which the goal and the parts right below it stand under their own
/// codes too: for the built-in model `customer_value`, `current_value` and `potential_value`.
#[derive(Clone, Debug, PartialEq)]
pub struct CustomerValue {
    /// The customer.
    pub customer: String,
    /// The goal's code.
    pub goal: String,
    /// The value of the goal.
    pub value: f64,
    /// The value at each part right below the goal.
    pub dimensions: Named,
    /// The rank by the goal's value, 1 for the highest; equal values share a rank.
    pub rank: usize,
    /// The cluster, from 1.
    pub cluster: Option<usize>,
    /// The distance to the cluster's centre.
    pub distance: Option<f64>,
    /// The code of the class.
    pub class: Option<String>,
    /// The name of the class.
    pub class_name: Option<String>,
    /// The customer's money in the sales, where there are any: purchases less returns.
    pub money: Option<f64>,
    /// The class that the experts gave, where they did.
    pub own_class: Option<String>,
    /// The score on each indicator; an indicator that nobody scored is not there.
    pub scores: Named,
    /// Each indicator's contribution, global weight × score.
    pub contributions: Named,
}

impl Serialize for CustomerValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        const OWN: [&str; 12] = [
            "customer",
            "value",
            "dimensions",
            "rank",
            "cluster",
            "distance",
            "class",
            "class_name",
            "money",
            "own_class",
            "scores",
            "contributions",
        ];
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("customer", &self.customer)?;
        map.serialize_entry("value", &self.value)?;
        let by_code =
            std::iter::once((self.goal.as_str(), self.value)).chain(self.dimensions.iter());
        // A code that is one of our own names stands under `value` and `dimensions` alone.
        for (code, value) in by_code.filter(|(code, _)| !OWN.contains(code)) {
            map.serialize_entry(code, &value)?;
        }
        map.serialize_entry("rank", &self.rank)?;
        map.serialize_entry("cluster", &self.cluster)?;
        map.serialize_entry("class", &self.class)?;
        map.serialize_entry("class_name", &self.class_name)?;
        map.serialize_entry("distance", &self.distance)?;
        if self.money.is_some() {
            map.serialize_entry("money", &self.money)?;
        }
        map.serialize_entry("own_class", &self.own_class)?;
        map.serialize_entry("dimensions", &self.dimensions)?;
        map.serialize_entry("scores", &self.scores)?;
        map.serialize_entry("contributions", &self.contributions)?;
        map.end()
    }
}
