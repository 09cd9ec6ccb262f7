//! One customer's line of the result.

use super::Fitted;
use crate::model::Model;
use crate::named::Named;
use crate::survey::Survey;
use crate::transactions::Purchases;
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

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

/// The goal's code does not tell itself from other entries: the evaluation, which knows it, puts it in.
impl<'de> Deserialize<'de> for CustomerValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Shown {
            customer: String,
            value: f64,
            rank: usize,
            cluster: Option<usize>,
            class: Option<String>,
            class_name: Option<String>,
            distance: Option<f64>,
            money: Option<f64>,
            own_class: Option<String>,
            dimensions: Named,
            scores: Named,
            contributions: Named,
        }
        let shown = Shown::deserialize(deserializer)?;
        Ok(CustomerValue {
            customer: shown.customer,
            goal: String::new(),
            value: shown.value,
            dimensions: shown.dimensions,
            rank: shown.rank,
            cluster: shown.cluster,
            distance: shown.distance,
            class: shown.class,
            class_name: shown.class_name,
            money: shown.money,
            own_class: shown.own_class,
            scores: shown.scores,
            contributions: shown.contributions,
        })
    }
}

/// Every customer with all that is known of it, in the input's order.
pub(super) fn customers(
    fitted: &Fitted,
    survey: &Survey,
    sales: Option<&Purchases>,
    model: &Model,
) -> Vec<CustomerValue> {
    let Fitted { values, indicators, people, clusters, naming, .. } = fitted;
    let hierarchy = &model.hierarchy;
    let leaves = hierarchy.leaves();
    (0..values.customers.len())
        .map(|at| {
            let parts = &values.parts[at];
            let member = &clusters.membership[at];
            let class = member.cluster.and_then(|cluster| {
                naming.clusters.iter().find(|position| position.cluster == cluster)
            });
            let person = &people[at];
            let own = person.survey;
            let scored = |at_leaf: usize, leaf: usize| {
                let code = hierarchy.nodes()[leaf].code.clone();
                indicators.scores[at][at_leaf].map(|score| (code, score, parts[leaf]))
            };
            let scored: Vec<(String, f64, f64)> = leaves
                .iter()
                .enumerate()
                .filter_map(|(at_leaf, &leaf)| scored(at_leaf, leaf))
                .collect();
            CustomerValue {
                customer: values.customers[at].clone(),
                goal: hierarchy.goal().code.clone(),
                value: parts[0],
                dimensions: hierarchy
                    .goal()
                    .children
                    .iter()
                    .map(|&child| (hierarchy.nodes()[child].code.clone(), parts[child]))
                    .collect(),
                rank: values.ranks[at],
                cluster: member.cluster,
                distance: member.distance,
                class: class.map(|position| position.class.clone()),
                class_name: class.map(|position| position.name.clone()),
                money: person.sales.zip(sales).map(|(place, sales)| sales.customers.money(place)),
                own_class: own.and_then(|who| survey.own_classes.get(&who).cloned()),
                scores: scored.iter().map(|(code, score, _)| (code.clone(), *score)).collect(),
                contributions: scored
                    .iter()
                    .map(|(code, _, value)| (code.clone(), *value))
                    .collect(),
            }
        })
        .collect()
}
