// Events are found by when they happened: questions about a window of days read no others.
CREATE INDEX event_at IF NOT EXISTS FOR (n:Event) ON (n.at);
