// JupyterLab opens its file browser when it finds no layout that somebody left behind. A learner comes to read a
// notebook, so here it is the table of contents. No setting says so; whatever is changed later is kept.
//
// It also marks a notebook as changed as soon as its kernel has said which Python it is. Here that mark, and the
// question on closing, wait until somebody has changed something.
function leaveUnmarked(context) {
  const text = () => {
    const { metadata: { language_info: _, kernelspec: __, ...metadata }, ...rest } = context.model.toJSON();
    return JSON.stringify({ metadata, ...rest });
  };
  context.ready.then(() => {
    const { model } = context;
    const before = text();
    const onState = () => {
      if (!model.dirty) return;
      if (text() === before) model.dirty = false;
      else model.stateChanged.disconnect(onState);
    };
    model.stateChanged.connect(onState);
    onState();
  });
}

(window._JUPYTERLAB ??= {})["bob-first-start"] = {
  init: () => {},
  get: async () => () => ({
    __esModule: true,
    default: {
      id: "bob-first-start:plugin",
      autoStart: true,
      activate: (app) => {
        app.docRegistry.addWidgetExtension("Notebook", {
          createNew: (panel, context) => leaveUnmarked(context),
        });
        app.shell.restored.then(async (layout) => {
          await app.restored;
          if (layout.fresh) await app.commands.execute("toc:show-panel");
        });
      },
    },
  }),
};
