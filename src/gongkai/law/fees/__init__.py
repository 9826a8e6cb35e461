"""The information processing fee: tariff, charge of a request, an applicant's month, notice, amounts in words."""
