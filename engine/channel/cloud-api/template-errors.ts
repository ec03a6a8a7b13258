/**
 * Why did Meta refuse a call about templates, and what has to change? Its sub-codes say which rule was broken; everything
 * else is explained by the common table. Source: Cloud API "template management" errors (reference: cloud-api §4).
 */
import type { Answer } from '../port';
import { classify, readGraphError, type GraphError } from './errors';
import type { GraphAnswer } from './graph';

/** In Portuguese, for whoever writes the template. */
const EXPLANATIONS: Record<number, string> = {
	2388019:
		'A conta chegou ao limite de modelos (250; 6.000 para empresas verificadas). Exclua modelos sem uso antes de criar outro.',
	2388023:
		'Um modelo com este nome e idioma está sendo excluído. Escolha outro nome ou espere: depois de excluir um modelo aprovado o nome fica bloqueado por 30 dias.',
	2388024: 'Já existe um modelo com este nome e idioma. Edite o que existe ou escolha outro nome.',
	2388040:
		'Um texto passa do limite da Meta (corpo 1.024, cabeçalho e rodapé 60, botão 25 caracteres). Encurte o texto.',
	2388043:
		'Falta uma parte obrigatória do modelo; quase sempre o exemplo de uma variável ou do arquivo do cabeçalho. Complete-a.',
	2388047:
		'O cabeçalho tem formato que a Meta não aceita. Tire quebras de linha, emojis, asteriscos e outra formatação e use no máximo uma variável.',
	2388072:
		'O corpo tem formato que a Meta não aceita. Confira as variáveis ({{1}}, {{2}}… sem pular números), as quebras de linha e os espaços seguidos.',
	2388073: 'O rodapé tem formato que a Meta não aceita. Use só texto, sem variáveis nem quebras de linha.',
	2388293: 'Há variáveis demais para o tamanho do texto. Escreva mais palavras fixas ou tire variáveis.',
	2388299: 'O texto começa ou termina com uma variável. Ponha palavras antes da primeira e depois da última variável.',
};

const RATE: Record<number, string> = {
	4: 'O aplicativo passou do limite de chamadas da Meta por hora. Tente de novo mais tarde.',
	80007: 'A conta passou do limite de chamadas da Meta por hora. Tente de novo mais tarde.',
	80008:
		'A conta passou do limite de chamadas da Meta por hora (100 modelos criados por hora). Tente de novo mais tarde.',
	80012: 'Foram chamadas demais para este modelo. Tente de novo mais tarde.',
};

/** For an answer that is not what was asked for. `acted`: without an answer, the thing may have been done all the same. */
export function templateFailure(
	answer: GraphAnswer,
	host: string,
	acted: boolean,
): Exclude<Answer<never>, { type: 'ok' }> {
	if (answer.type === 'failed') {
		const perhaps = acted && answer.left ? ' O pedido pode ter sido feito: confira a lista antes de repetir.' : '';
		return { type: 'failed', reason: `${host} não respondeu (${answer.cause}).${perhaps}` };
	}
	const error = readGraphError(answer.body);
	const known = error && explained(error);
	if (known) return known;
	const result = classify(answer.status, answer.body);
	if (result.type === 'unknown') return { type: 'failed', reason: result.reason };
	const explanation = error?.code === 100 ? 'A Meta recusou o pedido sobre o modelo.' : result.explanation;
	const detail = error?.details && !explanation.includes('Detalhe da Meta') ? ` Detalhe da Meta: ${error.details}` : '';
	return {
		type: 'refused',
		error: result.error,
		explanation: explanation + detail,
		retry: result.retry.kind === 'backoff',
	};
}

function explained({ code, subcode, title, details }: GraphError): Exclude<Answer<never>, { type: 'ok' }> | null {
	// Meta gives the sub-code of a template now and then as the code.
	const rule = [subcode, code].find((one) => one !== null && Object.hasOwn(EXPLANATIONS, one));
	const explanation = rule ? EXPLANATIONS[rule] : RATE[code];
	if (!explanation) return null;
	const detail = rule && details ? ` Detalhe da Meta: ${details}` : '';
	const error = { code: rule ?? code, title, details };
	return { type: 'refused', error, explanation: explanation + detail, retry: rule === undefined };
}
