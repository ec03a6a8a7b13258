import type { IDataObject } from 'n8n-workflow';
import { WhatsAppDesk } from '../../../nodes/WhatsAppDesk/WhatsAppDesk.node';
import regua from '../../../workflows/30-regua-de-cobranca.json';
import { runNode } from '../../support/run-node';
import { jsonOf, owed, plan, startHere } from '../nodes/DunningPlanner/support';

// Does the statement of the payment ladder come out whatever the ERP keeps as the payer's CPF? The expression is the workflow's own.

startHere();

const node = regua.nodes.find(({ name }) => name === 'Fazer o demonstrativo')!;
const config = {
	...{ credor: 'Oficina Aurora Ltda', cnpj: '11.222.333/0001-81', endereco: 'Rua das Flores, 10, São Paulo/SP' },
	...{ multaPercentual: 0, jurosAoMes: 0 },
};

async function statementFor(documento: IDataObject[string]) {
	const row = owed({ vencimento: '2026-10-24', cliente: { nome: 'Ana', documento, telefone: '11987654321' } });
	const { sendNow } = await plan([row]);
	const { data, ...parameters } = node.parameters as unknown as Record<string, string>;
	const [made] = await runNode({
		node: new WhatsAppDesk(),
		// One node alone: its settings come with the item.
		parameters: { ...parameters, data: data!.replaceAll("$('Configuração').first().json.config", '$json.config') },
		items: jsonOf(sendNow).map((json) => ({ ...json, config })),
	});
	return made!;
}

it.each([
	['a CPF as a number', 52_998_224_725],
	['a CPF as a number that lost its zero', 1_234_567_890],
	['a CNPJ as a number that lost its zero', 1_222_333_000_128],
	['a CPF with wrong check digits', '529.982.247-00'],
	['nothing', null],
])('the statement is made with %s (C-01)', async (_, documento) => {
	const [item, ...others] = await statementFor(documento);
	expect(others).toEqual([]);
	expect(item!.json).toMatchObject({ rendered: true, kind: 'debtStatement' });
	expect(Object.keys(item!.binary!)).toEqual(['data']);
});
