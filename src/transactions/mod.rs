//! Sales lines: read in one stream, accounted for row by row, and summed first per order, then per
//! customer.
