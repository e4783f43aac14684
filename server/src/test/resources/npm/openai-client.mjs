// Asks a route what a service asks, by the stock client, and prints what came as one line of JSON.
import OpenAI from 'openai';

const [baseURL, route, busyRoute, key] = process.argv.slice(2);
const client = new OpenAI({
  baseURL,
  apiKey: 'ada:a long enough password',
  maxRetries: 2,
  defaultHeaders: { 'Serin-Key': key },
});
const ask = { model: route, messages: [{ role: 'user', content: 'hi' }] };
const tools = [
  {
    type: 'function',
    function: {
      name: 'weather',
      parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    },
  },
];
const told = {};

const plain = await client.chat.completions.create(ask);
told.plain = plain.choices[0].message.content;

told.streamed = '';
const stream = await client.chat.completions.create({
  ...ask,
  stream: true,
  stream_options: { include_usage: true },
});
for await (const chunk of stream) {
  told.streamed += chunk.choices[0]?.delta?.content ?? '';
  told.tokens = chunk.usage?.completion_tokens ?? told.tokens;
  told.finish = chunk.choices[0]?.finish_reason ?? told.finish;
}

const called = await client.chat.completions.create({ ...ask, tools });
const call = called.choices[0].message.tool_calls[0];
told.tool = { name: call.function.name, arguments: JSON.parse(call.function.arguments) };
const answered = await client.chat.completions.create({
  ...ask,
  tools,
  messages: [
    ...ask.messages,
    called.choices[0].message,
    { role: 'tool', tool_call_id: call.id, content: 'sunny' },
  ],
});
told.afterTool = answered.choices[0].finish_reason;

try {
  await client.chat.completions.create({ ...ask, model: 'nowhere' });
} catch (error) {
  told.error = {
    name: error.constructor.name,
    status: error.status,
    code: error.code,
    param: error.param,
  };
}

const again = await client.chat.completions.create({ ...ask, model: busyRoute });
told.retried = again.choices[0].message.content;

console.log(JSON.stringify(told));
