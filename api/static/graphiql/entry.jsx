import React from 'react';
import { createRoot } from 'react-dom/client';
import { GraphiQL } from 'graphiql';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import 'graphiql/graphiql.css';
const settings = JSON.parse(document.getElementById('settings').textContent);
const fetcher = createGraphiQLFetcher({ url: settings.url });
createRoot(document.getElementById('graphiql')).render(
  React.createElement(GraphiQL, {
    fetcher,
    defaultEditorToolsVisibility: 'headers',
    defaultQuery: settings.samples.length ? settings.samples[0].query : '',
    defaultTabs: settings.samples.map((s) => ({ query: s.query, variables: s.variables, headers: s.headers })),
    shouldPersistHeaders: false,
  }),
);
