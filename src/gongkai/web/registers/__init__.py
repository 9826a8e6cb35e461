"""The registers that feed Table 2 of the annual report: rules and documents, decisions, charges, procurement."""
