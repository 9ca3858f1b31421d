// The floor: a bare proxy that passes each path on with the token, and checks nothing.
import http from "node:http";

const { hostname, port } = new URL(process.env.UPSTREAM_URL);
const headers = {
  authorization: `Bearer ${process.env.WHATSAPP_ACCESS_TOKEN}`,
  "user-agent": "floor/1.0",
};
const agent = new http.Agent({ keepAlive: true });

const server = http.createServer((request, response) => {
  http.get({ hostname, port, path: request.url, agent, headers }, (answer) => {
    response.writeHead(answer.statusCode, {
      "content-type": answer.headers["content-type"],
      "content-length": answer.headers["content-length"],
    });
    answer.pipe(response);
  });
});
server.listen(0, "127.0.0.1", () => {
  console.log(JSON.stringify({ address: `http://127.0.0.1:${server.address().port}` }));
});
