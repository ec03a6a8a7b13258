// The shipped payment ladder as its tests run it: at any hour, with more customers, and an ERP that answers.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DateTime } from 'luxon';
import regua from '../../workflows/30-regua-de-cobranca.json';
import { openAllDay } from '../../scripts/lib/demo.mjs';
import { DUNNING_TEMPLATES } from '../../simulator/templates/seeds-dunning';

type Json = Record<string, any>;

/** Invoice, due in so many days, name, phone; each of R$ 100,00. */
export type ExtraTitle = [invoice: string, days: number, name: string, phone: string];

export interface LadderSettings {
	/** Of the team. */
	phone: string;
	/** When Acre may be written to, every day for an hour. */
	acreOpens?: DateTime;
	/** Where the ERP tells how an invoice stands. */
	erp?: string;
	titles: ExtraTitle[];
}

export function ladderWorkflow({ phone, acreOpens, erp, titles }: LadderSettings) {
	const rows = titles.map(([invoice, days, nome, telefone]) => {
		return `\ttitulo(${invoice}, ${days}, 100, '', ${JSON.stringify({ nome, telefone })}),`;
	});
	const change: Record<string, (parameters: Json) => Json> = {
		Configuração: (parameters) => withSetting(parameters, 'config.telefoneDaEquipe', phone),
		'Títulos em aberto': ({ jsCode }) => ({ jsCode: replaced(jsCode, /\n\];$/, `\n${rows.join('\n')}\n];`) }),
	};
	if (erp) {
		const ask = `async (fatura) => (await this.helpers.httpRequest({ url: '${erp}/' + fatura, json: true })).situacao`;
		change['Reler no ERP'] = ({ jsCode }) => ({ jsCode: replaced(jsCode, /async \(fatura\) => 'aberto'/, ask) });
	}
	if (acreOpens) {
		const [from, to] = [acreOpens.toFormat('HH:mm'), acreOpens.plus({ minutes: 59 }).toFormat('HH:mm')];
		const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
		change['Régua'] = () => ({ stateHours: { row: [{ states: ['AC'], days, from, to }] } });
		change['Régua (ensaio)'] = change['Régua'];
	}
	const nodes = openAllDay(regua).nodes.map((node: Json) => {
		const changed = change[node.name]?.(node.parameters);
		return changed ? { ...node, parameters: { ...node.parameters, ...changed } } : node;
	});
	return { ...regua, nodes };
}

/** The parameters of a settings node with another value. */
export function withSetting(parameters: Json, name: string, value: string): Json {
	const rows = parameters.assignments.assignments as Json[];
	return {
		...parameters,
		assignments: { assignments: rows.map((row) => (row.name === name ? { ...row, value } : row)) },
	};
}

/** @param situationOf how an invoice stands when the workflow asks again */
export async function startErp(situationOf: (invoice: string) => Promise<string>) {
	const server = createServer((request, response) => {
		void situationOf(request.url!.slice(1)).then((situacao) => response.end(JSON.stringify({ situacao })));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

/** What people read of a template and may tap. */
export function wordsOf(components: readonly Json[]) {
	const of = (type: string) => components.find((component) => component.type === type);
	return {
		body: of('BODY')!.text as string,
		header: of('HEADER')?.format,
		buttons: of('BUTTONS')?.buttons.map(({ type, text }: Json) => [type, text]),
	};
}

/** A template of the ladder as the customer reads it. */
export function filledTemplate(template: string, values: Record<string, string>): string {
	const { components } = DUNNING_TEMPLATES.find(({ name }) => name === template)!;
	return wordsOf(components).body.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name]!);
}

function replaced(code: string, pattern: RegExp, by: string): string {
	if (!pattern.test(code)) throw new Error(`${String(pattern)} is not in the shipped code.`);
	return code.replace(pattern, () => by);
}
