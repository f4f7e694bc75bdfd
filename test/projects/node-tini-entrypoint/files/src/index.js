const app = require('express')();
app.get('/healthz', (req, res) => res.send('ok'));
const server = app.listen(3000);
process.on('SIGTERM', () => server.close());
