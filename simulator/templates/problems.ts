import type { Problem } from '../cloud-api/errors';

/** How does Graph refuse a template definition? Code 100 with a subcode and a sentence for people (cloud-api.md §4). */
const SENTENCES: Record<number, [title: string, message: string]> = {
	2388019: ['Limite de modelos atingido', 'A conta já tem o máximo de modelos. Exclua os que não usa.'],
	2388023: [
		'O idioma do modelo está sendo excluído',
		'Não é possível adicionar conteúdo novo enquanto o anterior está sendo excluído. Tente de novo em 4 semanas ou use outro nome.',
	],
	2388024: ['Já existe conteúdo neste idioma', 'Já existe um modelo com este nome neste idioma. Use outro nome.'],
	2388025: ['Não é possível editar o modelo', 'O modelo não pode ser editado agora.'],
	2388040: ['O campo é longo demais', 'Um dos textos do modelo passa do limite de caracteres.'],
	2388043: [
		'Faltam campos no modelo',
		'Um componente do modelo não tem os campos esperados, como os exemplos das variáveis.',
	],
	2388047: ['O formato do título está incorreto', 'Corrija o título do modelo.'],
	2388072: ['O formato do corpo está incorreto', 'Corrija o corpo do modelo.'],
	2388073: ['O formato do rodapé está incorreto', 'O rodapé não pode ter variáveis.'],
	2388293: [
		'Variáveis demais para o tamanho da mensagem',
		'O modelo tem variáveis demais para o tamanho do texto. Reduza as variáveis ou aumente o texto.',
	],
	2388299: [
		'Variáveis não podem ficar no início ou no fim',
		'O modelo não pode começar nem terminar com uma variável.',
	],
	2593002: ['O modelo não existe', 'O modelo de mensagem não foi encontrado.'],
};

/** @param details in English, names what is wrong where */
export function templateProblem(subcode: number, details: string): Problem {
	const [title, message] = SENTENCES[subcode] ?? ['Parâmetro inválido', details];
	return { code: 100, subcode, title: 'Invalid parameter', details, user: { title, message } };
}

export function badParameter(details: string): Problem {
	return { code: 100, title: 'Invalid parameter', details, user: { title: 'Parâmetro inválido', message: details } };
}
