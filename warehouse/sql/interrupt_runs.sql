-- There is one writer at a time: a run that is not the writer and has not ended never will.
UPDATE core.runs SET status = 'interrupted' WHERE status = 'running'
