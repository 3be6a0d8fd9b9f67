/** One redactor before every sink: ledger, logs, reports, errors. */
